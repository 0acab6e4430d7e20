/** The profiles: sets of clauses that can be claimed together, and who meets them. */
import Link from '@docusaurus/Link';
import type { ReactElement } from 'react';
import { Page } from '../components/page.tsx';
import { ProfileMatrix, type ProfileRow } from '../components/profile_matrix.tsx';
import { useShared } from '../components/shared.ts';
import { useSubjectFilter } from '../components/subject_filter.tsx';

interface Data {
  readonly profiles: readonly (ProfileRow & {
    readonly purpose: string;
    readonly abi: readonly string[];
    readonly because?: string;
  })[];
}

export default function Profiles({ data: { profiles } }: { readonly data: Data }): ReactElement {
  const [subjects, filter] = useSubjectFilter(useShared().subjects);
  const carried = profiles.flatMap(({ judgements }) => judgements).filter((judgement) => judgement.carried).length;
  return (
    <Page
      title="Profiles"
      description="A profile is a set of clauses that can be claimed together, so that a buyer need not read hundreds of verdicts. One failed demand, and it is not met; what was not decided never counts as met."
      wide
    >
      <p className="big">
        {carried === 0
          ? 'No published result carries the claim of a profile.'
          : `${String(carried)} claims are carried by published results.`}
      </p>
      <ul className="ways">
        {profiles.map(({ id, title, purpose, abi, certified, because, demands }) => (
          <li key={id}>
            <Link to={`/profiles/${id}/`}>{title}</Link>
            <p>{purpose}</p>
            <p>
              <code>{id}</code>, {demands} clauses, {abi.join(' and ')}
              {!certified && <span className="tag">never certified</span>}
            </p>
            {because !== undefined && <p>Not certified, because {because}.</p>}
          </li>
        ))}
      </ul>
      <h2 id="results">What the published results come to</h2>
      <p>
        <em>Met, no claim</em> is a profile whose every demand is met by a result that nobody may claim it with, such as
        one of this project’s own implementations. <em>Not applicable</em> is one that is not claimed for the ABI of the
        result. What the words mean stands in the chapter on{' '}
        <Link to="/chapters/conformance/#profiles">conformance</Link>.
      </p>
      {filter}
      <ProfileMatrix profiles={profiles} subjects={subjects} />
    </Page>
  );
}
