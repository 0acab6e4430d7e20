/** The verdicts of all published subjects on one clause: grouped by what they say, each opening to its checks. */
import { useId, useState, type ReactElement } from 'react';
import type { VerdictView } from '../../../runner/view_model/model.ts';
import type { VerdictWord } from '../../../spec/verdict/check.ts';
import { Evidence } from './evidence.tsx';
import { Kind } from './kind.tsx';
import { useShared, type SharedSubject } from './shared.ts';
import { VerdictMark } from './verdict_mark.tsx';

/** What wants a look comes first. */
const ORDER: readonly VerdictWord[] = [
  'nonconformant',
  'errored',
  'blocked',
  'deviates',
  'conformant',
  'observed',
  'untested',
  'not-applicable',
];

export function Verdicts({
  clause,
  verdicts,
}: {
  readonly clause: string;
  readonly verdicts: readonly VerdictView[];
}): ReactElement {
  const [open, setOpen] = useState<string>();
  const panel = useId();
  const { subjects } = useShared();
  if (subjects.length === 0) return <p className="verdicts none">No result is published.</p>;
  const shown = verdicts.find(({ subject }) => subject === open);
  const toggle = (subject: string): void => {
    setOpen(subject === open ? undefined : subject);
  };
  return (
    <div className="verdicts">
      <ul aria-label={`Verdicts on ${clause}`}>
        {ORDER.map((word) => ({ word, its: verdicts.filter(({ verdict }) => verdict === word) }))
          .filter(({ its }) => its.length > 0)
          .map(({ word, its }) => (
            <li key={word}>
              <VerdictMark word={word} />
              <span className="subjects-of">
                {[...byBackend(its, subjects)].map(([backend, group]) => (
                  <Group key={backend} group={group} open={open} panel={panel} toggle={toggle} />
                ))}
              </span>
            </li>
          ))}
        <Missing verdicts={verdicts} />
      </ul>
      {shown !== undefined && <Evidence key={shown.subject} clause={clause} verdict={shown} id={panel} />}
    </div>
  );
}

interface Judged {
  readonly subject: SharedSubject;
  readonly verdict: VerdictView;
}

function byBackend(verdicts: readonly VerdictView[], subjects: readonly SharedSubject[]): Map<string, Judged[]> {
  const groups = new Map<string, Judged[]>();
  for (const verdict of verdicts) {
    const subject = subjects.find(({ id }) => id === verdict.subject);
    if (subject === undefined) continue;
    const group = groups.get(subject.backend);
    if (group === undefined) groups.set(subject.backend, [{ subject, verdict }]);
    else group.push({ subject, verdict });
  }
  return groups;
}

interface GroupProps {
  readonly group: readonly Judged[];
  readonly open: string | undefined;
  readonly panel: string;
  readonly toggle: (subject: string) => void;
}

/** The subjects of one backend, and what kind of implementation they are. */
function Group({ group, open, panel, toggle }: GroupProps): ReactElement {
  const first = group[0]?.subject;
  return (
    <span className="backend">
      <span>
        {first?.backend} <Kind study={first?.study === true} abi={first?.abi ?? 'uverbs'} />
      </span>
      {group.map(({ subject: { id, label, backend, model }, verdict: { stale, verdict } }) => (
        <button
          key={id}
          type="button"
          className="subject"
          aria-expanded={id === open}
          aria-controls={id === open ? panel : undefined}
          aria-label={`${label}: ${verdict}, checks`}
          onClick={() => {
            toggle(id);
          }}
        >
          {label === `${backend} ${model}` ? model : label}
          {stale && <span className="tag tag-stale">older sentence</span>}
        </button>
      ))}
    </span>
  );
}

/** A document of an older specification does not speak of every clause. */
function Missing({ verdicts }: { readonly verdicts: readonly VerdictView[] }): ReactElement | null {
  const { subjects } = useShared();
  const missing = subjects.filter(({ id }) => !verdicts.some(({ subject }) => subject === id));
  if (missing.length === 0) return null;
  return (
    <li>
      <VerdictMark word="untested" />{' '}
      <span className="quiet">not in the document of {missing.map(({ label }) => label).join(', ')}</span>
    </li>
  );
}
