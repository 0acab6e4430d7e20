/** The verdicts of all published subjects on one clause, side by side: a row for each kind, what wants a look first in it. */
import { useId, useState, type ReactElement } from 'react';
import { briefVerdict, VERDICT_WORDS, type BriefVerdict } from '../../plugin/verdict_codes.ts';
import { Evidence } from './evidence.tsx';
import { Kind } from './kind.tsx';
import { useShared, type SharedSubject } from './shared.ts';
import { VerdictMark } from './verdict_mark.tsx';

interface Judged {
  readonly subject: SharedSubject;
  readonly verdict: BriefVerdict | undefined;
}

/** `codes`: see verdict_codes.ts. */
export function Verdicts({ clause, codes }: { readonly clause: string; readonly codes: string }): ReactElement {
  const [open, setOpen] = useState<string>();
  const panel = useId();
  const { subjects } = useShared();
  if (subjects.length === 0) return <p className="verdicts none">No result is published.</p>;
  const judged = subjects.map((subject, index): Judged => ({ subject, verdict: briefVerdict(codes[index]) }));
  const shown = judged.find(({ subject }) => subject.id === open);
  const toggle = (subject: string): void => {
    setOpen(subject === open ? undefined : subject);
  };
  return (
    <div className="verdicts">
      <ul aria-label={`Verdicts on ${clause}`}>
        {[...byBackend(judged)].map(([backend, group]) => (
          <li key={backend}>
            <span className="backend">
              {backend} <Kind study={group[0]?.subject.study === true} abi={group[0]?.subject.abi ?? 'uverbs'} />
            </span>
            <span className="subjects-of">
              {VERDICT_WORDS.map((word) => ({ word, its: group.filter(({ verdict }) => verdict?.word === word) }))
                .filter(({ its }) => its.length > 0)
                .map(({ word, its }) => (
                  <span key={word} className="alike">
                    <VerdictMark word={word} />
                    {its.map((one) => (
                      <Subject key={one.subject.id} judged={one} open={open} panel={panel} toggle={toggle} />
                    ))}
                  </span>
                ))}
              <Missing group={group} />
            </span>
          </li>
        ))}
      </ul>
      {shown?.verdict !== undefined && (
        <Evidence key={shown.subject.id} clause={clause} subject={shown.subject} verdict={shown.verdict} id={panel} />
      )}
    </div>
  );
}

function byBackend(judged: readonly Judged[]): Map<string, Judged[]> {
  const groups = new Map<string, Judged[]>();
  for (const one of judged) groups.set(one.subject.backend, [...(groups.get(one.subject.backend) ?? []), one]);
  return groups;
}

interface SubjectProps {
  readonly judged: Judged;
  readonly open: string | undefined;
  readonly panel: string;
  readonly toggle: (subject: string) => void;
}

function Subject({ judged: { subject, verdict }, open, panel, toggle }: SubjectProps): ReactElement {
  const { id, label, backend, model } = subject;
  return (
    <button
      type="button"
      className="subject"
      aria-expanded={id === open}
      aria-controls={id === open ? panel : undefined}
      aria-label={`${label}: ${verdict?.word ?? ''}, checks`}
      onClick={() => {
        toggle(id);
      }}
    >
      {label === `${backend} ${model}` ? model : label}
      {verdict?.stale === true && <span className="tag tag-stale">older sentence</span>}
    </button>
  );
}

/** A document of an older specification does not speak of every clause. */
function Missing({ group }: { readonly group: readonly Judged[] }): ReactElement | null {
  const missing = group.filter(({ verdict }) => verdict === undefined);
  if (missing.length === 0) return null;
  return <span className="quiet">not in the document of {missing.map(({ subject }) => subject.label).join(', ')}</span>;
}
