/** The clauses of one result that call for a look, each with what is known of it and the command that shows it again. */
import type { ReactElement } from 'react';
import type { SubjectView, VerdictView } from '../../../runner/view_model/model.ts';
import { Copyable } from './copyable.tsx';
import { Inline } from './inline.tsx';
import { ClauseLink } from './links.tsx';
import { VerdictMark } from './verdict_mark.tsx';

export interface Finding {
  readonly id: string;
  readonly sentence: string;
  readonly verdict: VerdictView;
  /** What known deviations say of it. */
  readonly known: readonly string[];
}

export function Findings({
  subject: { file, failing, unexplained },
  clauses,
}: {
  readonly subject: Pick<SubjectView, 'file' | 'failing' | 'unexplained'>;
  readonly clauses: readonly Finding[];
}): ReactElement | null {
  if (clauses.length === 0) return null;
  return (
    <>
      <h2 id="findings">What to look at</h2>
      <p>
        {unexplained.length === 0
          ? 'Each of these was looked up in the sources of the kernel and is a known deviation, whose reasons stand at the clause. It is no pass.'
          : `No known deviation speaks of ${String(unexplained.length)} of these ${String(clauses.length)} clauses.`}
      </p>
      <ul className="findings">
        {clauses.map(({ id, sentence, verdict, known }) => {
          const scenario = failing[id];
          return (
            <li key={id}>
              <VerdictMark word={verdict.verdict} /> <ClauseLink id={id} />{' '}
              <span className="quiet">
                {verdict.failed} of {verdict.passed + verdict.failed} checks failed
              </span>
              <p>
                <Inline text={sentence} />
              </p>
              {known.map((what) => (
                <p key={what} className="quiet">
                  known deviation: {what}
                </p>
              ))}
              {verdict.reason !== undefined && <p className="quiet">{verdict.reason}</p>}
              {scenario !== undefined && (
                <Copyable text={`npx rdma-conformance replay ${file} '${scenario}'`} what={`replay command of ${id}`} />
              )}
            </li>
          );
        })}
      </ul>
    </>
  );
}
