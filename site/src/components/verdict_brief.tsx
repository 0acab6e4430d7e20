/** The verdicts of all published subjects on one clause in a line: each word, and whose they are. */
import type { ReactElement } from 'react';
import { briefVerdict, VERDICT_WORDS } from '../../plugin/verdict_codes.ts';
import { useShared, type SharedSubject } from './shared.ts';
import { VerdictMark } from './verdict_mark.tsx';

/** `codes`: see verdict_codes.ts. */
export function VerdictBrief({ codes }: { readonly codes: string }): ReactElement {
  const { subjects } = useShared();
  const verdicts = subjects.map((subject, index) => ({ subject, verdict: briefVerdict(codes[index]) }));
  return (
    <>
      {VERDICT_WORDS.map((word) => ({ word, its: verdicts.filter(({ verdict }) => verdict?.word === word) }))
        .filter(({ its }) => its.length > 0)
        .map(({ word, its }) => (
          <span key={word} className="brief">
            <VerdictMark word={word} />{' '}
            <span className="quiet">
              {namesOf(
                its.map(({ subject }) => subject),
                subjects,
              )}
              {its.some(({ verdict }) => verdict?.stale === true) && ' (on an older sentence)'}
            </span>
          </span>
        ))}
    </>
  );
}

/** A backend by its name where all its models agree, others one by one. */
function namesOf(its: readonly SharedSubject[], all: readonly SharedSubject[]): string {
  const backends = [...new Set(its.map(({ backend }) => backend))];
  return backends
    .flatMap((backend) => {
      const here = its.filter((one) => one.backend === backend);
      const whole = all.filter((one) => one.backend === backend).length;
      return here.length === whole && whole > 1 ? [`${backend}, all ${String(whole)}`] : here.map(({ label }) => label);
    })
    .join('; ');
}
