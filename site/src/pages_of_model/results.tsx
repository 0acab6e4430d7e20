/** All published results side by side, by chapter. */
import Link from '@docusaurus/Link';
import type { ReactElement } from 'react';
import type { SubjectView, Words } from '../../../runner/view_model/model.ts';
import { Page, Scrolling } from '../components/page.tsx';
import { ProfileMatrix, type ProfileRow } from '../components/profile_matrix.tsx';
import { useSubjectFilter } from '../components/subject_filter.tsx';
import { SubjectTable } from '../components/subject_table.tsx';
import { VerdictCounts } from '../components/verdict_counts.tsx';

interface Data {
  readonly subjects: readonly SubjectView[];
  readonly chapters: readonly {
    readonly id: string;
    readonly title: string;
    readonly file: string;
    readonly clauses: number;
  }[];
  readonly profiles: readonly ProfileRow[];
}

export default function Results({
  data: { subjects: all, chapters, profiles },
}: {
  readonly data: Data;
}): ReactElement {
  const [subjects, filter] = useSubjectFilter(all);
  return (
    <Page
      title="Results"
      description="Every published result: who was tested, what was decided, which profiles it meets, and what it says of every chapter."
      wide
    >
      {filter}
      <SubjectTable subjects={subjects} />
      <h2 id="profiles">By profile</h2>
      <p>
        Whether a result meets what can be claimed together. What each <Link to="/profiles/">profile</Link> demands, and
        what speaks against a claim, stands on its page.
      </p>
      <ProfileMatrix profiles={profiles} subjects={subjects} />
      <h2 id="chapters">By chapter</h2>
      <p>
        The first number counts the clauses that passed, the second those that were decided at all. What was not decided
        stands beside it and is never added to what passed.
      </p>
      <Scrolling label="Results by chapter">
        <table className="matrix">
          <thead>
            <tr>
              <th scope="col">chapter</th>
              {subjects.map(({ id, label }) => (
                <th key={id} scope="col">
                  <Link to={`/results/${id}/`}>{label}</Link>
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {chapters
              .filter(({ clauses }) => clauses > 0)
              .map(({ id, title, file }) => (
                <tr key={id}>
                  <th scope="row">
                    <Link to={`/${file.replace(/^spec\//, '').replace(/\.md$/, '')}/`}>{title}</Link>
                  </th>
                  {subjects.map((subject) => (
                    <td key={subject.id}>
                      <VerdictCounts words={inChapter(subject, id)} />
                    </td>
                  ))}
                </tr>
              ))}
          </tbody>
        </table>
      </Scrolling>
    </Page>
  );
}

function inChapter({ counts }: SubjectView, id: string): Words {
  const total: Record<string, number> = {};
  for (const { chapter, verdicts } of counts) {
    if (chapter !== id) continue;
    for (const [word, number] of Object.entries(verdicts)) total[word] = (total[word] ?? 0) + number;
  }
  return total;
}
