/** What is known of shipped drivers and kernels that do otherwise than a clause says. It excuses no verdict. */
import type { ReactElement } from 'react';
import type { DeviationView } from '../../../runner/view_model/model.ts';
import { useShared } from './shared.ts';

export function Deviations({
  clause,
  deviations,
}: {
  readonly clause: string;
  readonly deviations: readonly DeviationView[];
}): ReactElement | null {
  const { subjects } = useShared();
  if (deviations.length === 0) return null;
  const labelOf = (id: string): string => subjects.find((subject) => subject.id === id)?.label ?? id;
  return (
    <ul className="deviations" aria-label={`Known deviations from ${clause}`}>
      {deviations.map((deviation) => (
        <li key={`${deviation.driver} ${deviation.kernels} ${deviation.what}`}>
          <details>
            <summary>
              <strong>Known deviation</strong> of {deviation.driver}, Linux <code>{deviation.kernels}</code>:{' '}
              {deviation.what}
            </summary>
            <Reasons deviation={deviation} />
            {deviation.shownBy.length > 0 && <p>Seen in {deviation.shownBy.map(labelOf).join(', ')}.</p>}
          </details>
        </li>
      ))}
    </ul>
  );
}

function Reasons({
  deviation: { trace, scenario, check, because, sources, upstream },
}: {
  readonly deviation: DeviationView;
}): ReactElement {
  return (
    <dl>
      {trace !== undefined && (
        <>
          <dt>The fewest calls that show it</dt>
          {trace.map((call, index) => (
            <dd key={index}>{call}</dd>
          ))}
        </>
      )}
      {scenario !== undefined && (
        <>
          <dt>Shown by</dt>
          <dd>
            <code>{scenario}</code>
            {check === undefined ? '' : `, check “${check}”`}
          </dd>
        </>
      )}
      <dt>Why the clause stands</dt>
      <dd>{because}</dd>
      <dt>Sources</dt>
      {sources.map(({ key, title, link }) => (
        <dd key={key}>{link === undefined ? title : <a href={link}>{title}</a>}</dd>
      ))}
      {upstream !== undefined && (
        <>
          <dt>Upstream</dt>
          <dd>
            <a href={upstream}>{upstream}</a>
          </dd>
        </>
      )}
    </dl>
  );
}
