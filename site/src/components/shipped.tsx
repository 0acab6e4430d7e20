/** What was found on something that this project does not implement: a card for each result, with what deviates and how to see it again. */
import Link from '@docusaurus/Link';
import type { ReactElement } from 'react';
import { judgementAnchor } from './anchors.ts';
import { Copyable } from './copyable.tsx';
import { JudgementMark, judgementText } from './judgement.tsx';
import { ClauseLinks, Listed } from './links.tsx';
import type { ProfileRow } from './profile_matrix.tsx';
import type { SubjectRow } from './subject_table.tsx';
import { VerdictCounts } from './verdict_counts.tsx';

export function Shipped({
  subjects,
  profiles,
}: {
  readonly subjects: readonly SubjectRow[];
  readonly profiles: readonly ProfileRow[];
}): ReactElement {
  return (
    <ul className="ways shipped">
      {subjects.map((subject) => (
        <li key={subject.id}>
          <Link to={`/results/${subject.id}/`}>{subject.label}</Link>
          <p>
            {subject.kernel ?? `${subject.implementation} ${subject.version}`}, tested{' '}
            <time dateTime={subject.started}>{subject.started.slice(0, 10)}</time>
          </p>
          <p>
            Clauses passed / decided: <VerdictCounts words={subject.totals} />
          </p>
          <Deviates subject={subject} />
          <Judged subject={subject.id} profiles={profiles} />
          {subject.again !== undefined && (
            <Copyable text={subject.again} what={`command that tests ${subject.label}`} />
          )}
        </li>
      ))}
    </ul>
  );
}

function Deviates({ subject: { findings, unexplained } }: { readonly subject: SubjectRow }): ReactElement | null {
  if (findings.length === 0) return null;
  return (
    <p>
      {unexplained.length === 0
        ? 'Each a known deviation, with its reasons: '
        : `${String(unexplained.length)} of these without a known deviation: `}
      <ClauseLinks ids={findings} />
    </p>
  );
}

/** Profiles that can be claimed for its ABI; apart from them those that are for devices of another kind. */
function Judged({
  subject,
  profiles,
}: {
  readonly subject: string;
  readonly profiles: readonly ProfileRow[];
}): ReactElement {
  const judged = profiles
    .filter(({ certified }) => certified)
    .flatMap(({ id, judgements }) =>
      judgements.filter((one) => one.subject === subject).map((judgement) => ({ id, judgement })),
    )
    .filter(({ judgement }) => judgement.outcome !== 'not applicable');
  const meant = judged.filter(({ judgement }) => judgement.lacks.length === 0);
  const others = judged.filter(({ judgement }) => judgement.lacks.length > 0);
  const links = (its: typeof judged): ReactElement => (
    <Listed>
      {its.map(({ id }) => (
        <Link key={id} to={`/profiles/${id}/#${judgementAnchor(subject)}`}>
          {id}
        </Link>
      ))}
    </Listed>
  );
  return (
    <>
      {[...new Set(meant.map(({ judgement }) => judgementText(judgement)))]
        .map((text) => meant.filter(({ judgement }) => judgementText(judgement) === text))
        .map((alike) => (
          <p key={alike[0]?.id}>
            {alike[0] !== undefined && <JudgementMark judgement={alike[0].judgement} />} as {links(alike)}
          </p>
        ))}
      {others.length > 0 && <p>Lacks something that {links(others)} would require.</p>}
    </>
  );
}
