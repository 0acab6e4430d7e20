/** What a result gives no answer to: scenarios that were not decided, that do not apply, and clauses of another specification. */
import type { ReactElement } from 'react';
import type { SubjectView } from '../../../runner/view_model/model.ts';
import { VerdictMark } from './verdict_mark.tsx';

export function Unanswered({
  subject: { open, notApplicable, strangers },
}: {
  readonly subject: Pick<SubjectView, 'open' | 'notApplicable' | 'strangers'>;
}): ReactElement {
  return (
    <>
      {open.length > 0 && (
        <>
          <h2 id="open">Scenarios without an answer</h2>
          <ul>
            {open.map(({ scenario, outcome, reason }) => (
              <li key={scenario}>
                <VerdictMark word={outcome === 'passed' ? 'passed' : outcome} /> <code>{scenario}</code>: {reason}
              </li>
            ))}
          </ul>
        </>
      )}
      {notApplicable.length > 0 && (
        <>
          <h2 id="not-applicable">Why scenarios do not apply</h2>
          <ul>
            {notApplicable.map(({ reason, scenarios }) => (
              <li key={reason}>
                {scenarios}: {reason}
              </li>
            ))}
          </ul>
        </>
      )}
      {strangers.length > 0 && (
        <>
          <h2 id="strangers">Verdicts on clauses that are not in this specification</h2>
          <ul>
            {strangers.map(({ clause, verdict }) => (
              <li key={clause}>
                <code>{clause}</code>: {verdict}
              </li>
            ))}
          </ul>
        </>
      )}
    </>
  );
}
