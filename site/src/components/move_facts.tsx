/** What one transition takes, and the verdicts on it. */
import type { ReactElement } from 'react';
import type { MachineView, MoveVerdict } from '../../../runner/view_model/model.ts';
import { ClauseLink } from './links.tsx';
import { pairOf } from './machine_diagram.tsx';
import { useShared } from './shared.ts';
import { Shape } from './verdict_mark.tsx';

export function MoveFacts({ machine, pair }: { readonly machine: MachineView; readonly pair: string }): ReactElement {
  const move = machine.moves.find((one) => pairOf(one) === pair);
  const refused = machine.illegal.find((one) => pairOf(one) === pair);
  const [from = '', to = ''] = pair.split('->');
  return (
    <section className="move-facts" aria-live="polite" aria-label="The chosen transition">
      <h2>
        {from} to {to}
      </h2>
      {move === undefined ? (
        <p>
          Not a transition of {machine.type}: refused (<ClauseLink id="qp-modify-illegal" />
          ).
        </p>
      ) : (
        <>
          <Bits title="Required" bits={move.required} none="nothing but the state" />
          <Bits title="Optional" bits={move.optional} none="nothing" />
          <Bits title="Refused" bits={move.refused} none="nothing" />
        </>
      )}
      <h3>Seen of it</h3>
      <Seen verdicts={(move ?? refused)?.verdicts ?? []} />
    </section>
  );
}

function Bits({
  title,
  bits,
  none,
}: {
  readonly title: string;
  readonly bits: readonly string[];
  readonly none: string;
}): ReactElement {
  return (
    <>
      <h3>{title}</h3>
      {bits.length === 0 ? (
        <p className="quiet">{none}</p>
      ) : (
        <ul className={`bits bits-${title.toLowerCase()}`}>
          {bits.map((bit) => (
            <li key={bit}>
              <code>{bit}</code>
            </li>
          ))}
        </ul>
      )}
    </>
  );
}

function Seen({ verdicts }: { readonly verdicts: readonly MoveVerdict[] }): ReactElement {
  const { subjects } = useShared();
  const clauses = [...new Set(verdicts.map(({ clause }) => clause))];
  if (clauses.length === 0) return <p className="quiet">Nothing: no published result tried it.</p>;
  return (
    <>
      {clauses.map((clause) => (
        <div key={clause}>
          <p>
            <ClauseLink id={clause} />
          </p>
          <ul className="seen">
            {verdicts
              .filter((verdict) => verdict.clause === clause)
              .map(({ subject, passed, failed }) => (
                <li key={subject}>
                  <Shape word={failed > 0 ? 'failed' : 'passed'} />{' '}
                  {subjects.find(({ id }) => id === subject)?.label ?? subject}: {passed} of {passed + failed} checks
                  passed
                </li>
              ))}
          </ul>
        </div>
      ))}
    </>
  );
}
