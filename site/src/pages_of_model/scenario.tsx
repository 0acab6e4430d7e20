/** The feature files of one family, as text to read, with what became of each scenario. */
import type { ReactElement } from 'react';
import type {
  FeaturePageView,
  FeatureView,
  Outcomes,
  ScenarioView,
  StepView,
} from '../../../runner/view_model/model.ts';
import { useAnchors } from '../components/anchors.ts';
import { ClauseLinks } from '../components/links.tsx';
import { Page, Scrolling } from '../components/page.tsx';
import { useShared } from '../components/shared.ts';
import { Shape, wordOf, type MarkWord } from '../components/verdict_mark.tsx';

export default function Scenario({
  data: { page },
}: {
  readonly data: { readonly page: FeaturePageView };
}): ReactElement {
  return (
    <Page
      title={`Scenarios: ${page.page.replaceAll('_', ' ')}`}
      description={`${String(page.scenarios)} scenarios. Run them with: rdma-conformance run --object ${page.page}`}
    >
      {page.features.map((feature) => (
        <FeatureText key={feature.file} feature={feature} />
      ))}
    </Page>
  );
}

function FeatureText({
  feature: { file, name, description, background, rules },
}: {
  readonly feature: FeatureView;
}): ReactElement {
  return (
    <section className="feature">
      <h2>{name}</h2>
      <p className="quiet">
        <code>{file}</code>
      </p>
      <p>{description}</p>
      {background.length > 0 && <Steps steps={background} />}
      {rules.map((rule) => (
        <section key={rule.name} className="rule">
          <h3>{rule.name}</h3>
          <p>
            decides <ClauseLinks ids={rule.clauses} />
            {rule.tags.length === 0 ? '' : <span className="quiet"> {rule.tags.join(' ')}</span>}
          </p>
          {rule.background.length > 0 && <Steps steps={rule.background} />}
          {rule.scenarios.map((scenario) => (
            <ScenarioText key={scenario.anchor} scenario={scenario} />
          ))}
        </section>
      ))}
    </section>
  );
}

function ScenarioText({ scenario }: { readonly scenario: ScenarioView }): ReactElement {
  const { anchor, keyword, name, tags, steps, examples, ids, outcomes } = scenario;
  useAnchors([anchor]);
  return (
    <article className="scenario" id={anchor} aria-label={name}>
      <h4>
        <span className="quiet">{keyword}</span> {name}{' '}
        <a className="hash-link" href={`#${anchor}`} aria-label={`Link to ${name}`}>
          #
        </a>
      </h4>
      {tags.length > 0 && <p className="quiet">{tags.join(' ')}</p>}
      <Steps steps={steps} />
      {merged(examples).map((table) => (
        <Examples key={table.head.join(' ')} table={table} of={name} />
      ))}
      <OutcomeList ids={ids} outcomes={outcomes} />
    </article>
  );
}

interface Table {
  readonly head: readonly string[];
  readonly rows: readonly { readonly cells: readonly string[]; readonly tags: readonly string[] }[];
}

/** Tables with the same columns become one, with a column for what each row needs. */
function merged(examples: ScenarioView['examples']): readonly Table[] {
  const tables = new Map<string, { head: readonly string[]; rows: Table['rows'][number][] }>();
  for (const {
    tags,
    rows: [head = [], ...body],
  } of examples) {
    const key = head.join(' ');
    const table = tables.get(key) ?? { head, rows: [] };
    table.rows.push(...body.map((cells) => ({ cells, tags })));
    tables.set(key, table);
  }
  return [...tables.values()];
}

function Examples({ table: { head, rows }, of }: { readonly table: Table; readonly of: string }): ReactElement {
  const tagged = rows.some(({ tags }) => tags.length > 0);
  return (
    <Scrolling label={`Examples of ${of}`}>
      <table className="examples">
        <thead>
          <tr>
            {head.map((cell) => (
              <th key={cell} scope="col">
                {cell}
              </th>
            ))}
            {tagged && (
              <th scope="col" className="quiet">
                where
              </th>
            )}
          </tr>
        </thead>
        <tbody>
          {rows.map(({ cells, tags }, at) => (
            <tr key={at}>
              {cells.map((cell, column) => (
                <td key={column}>{cell}</td>
              ))}
              {tagged && <td className="quiet">{tags.join(' ')}</td>}
            </tr>
          ))}
        </tbody>
      </table>
    </Scrolling>
  );
}

function Steps({ steps }: { readonly steps: readonly StepView[] }): ReactElement {
  return (
    <ol className="steps">
      {steps.map(({ keyword, text, table }, index) => (
        <li key={index}>
          <strong>{keyword}</strong> {text}
          {table !== undefined && (
            <table>
              <tbody>
                {table.map((row, at) => (
                  <tr key={at}>
                    {row.map((cell, column) => (
                      <td key={column}>{cell}</td>
                    ))}
                  </tr>
                ))}
              </tbody>
            </table>
          )}
        </li>
      ))}
    </ol>
  );
}

/** Worst first. */
const ORDER: readonly (keyof Outcomes)[] = ['failed', 'errored', 'blocked', 'untested', 'passed', 'not-applicable'];

/** Subjects with the same outcomes stand together. */
function OutcomeList({ ids, outcomes }: Pick<ScenarioView, 'ids' | 'outcomes'>): ReactElement | null {
  const { subjects } = useShared();
  const groups = new Map<string, { counts: Outcomes; labels: string[] }>();
  for (const { subject, counts } of outcomes) {
    const key = ORDER.map((word) => counts[word] ?? 0).join(' ');
    const label = subjects.find(({ id }) => id === subject)?.label ?? subject;
    const group = groups.get(key);
    if (group === undefined) groups.set(key, { counts, labels: [label] });
    else group.labels.push(label);
  }
  if (groups.size === 0) return null;
  return (
    <ul className="outcomes" aria-label="Outcomes">
      {[...groups].map(([key, { counts, labels }]) => (
        <li key={key}>
          {ORDER.filter((word) => (counts[word] ?? 0) > 0).map((word) => (
            <span key={word} className="outcome">
              <Shape word={word as MarkWord} /> {ids.length > 1 ? `${String(counts[word])} ` : ''}
              {wordOf(word as MarkWord)}
            </span>
          ))}
          {Object.keys(counts).length === 0 && (
            <span className="outcome">
              <Shape word="untested" /> not in the document
            </span>
          )}
          <span className="quiet">{labels.join(', ')}</span>
        </li>
      ))}
    </ul>
  );
}
