/** Scenario outlines: tables that expand to nothing, and placeholders that nothing fills. */
import { dialects } from '@cucumber/gherkin';
import type { Report } from '../../spec/problem.ts';
import { scenariosOf, type FeatureFile, type Scenario, type Step } from './feature_file.ts';

export function checkOutlines(file: FeatureFile, report: Report): void {
  const outline = dialects[file.feature.language]?.scenarioOutline ?? [];
  for (const { scenario } of scenariosOf(file.feature)) {
    const { examples, keyword, location } = scenario;
    if (examples.length === 0 && outline.includes(keyword)) {
      report(file.place(location), 'this outline has no Examples, so nothing of it would run');
    }
    for (const table of examples.filter(({ tableBody }) => tableBody.length === 0)) {
      report(file.place(table.location), 'this Examples table has no rows, so nothing of it would run');
    }
    checkPlaceholders(file, scenario, report);
  }
}

function checkPlaceholders({ place }: FeatureFile, scenario: Scenario, report: Report): void {
  const tables = scenario.examples.map(({ tableHeader }) => new Set(tableHeader?.cells.map(({ value }) => value)));
  const texts = [{ location: scenario.location, text: scenario.name }, ...scenario.steps.flatMap(stepTexts)];
  for (const { location, text } of texts) {
    for (const [, name = ''] of text.matchAll(/<([^<>\s](?:[^<>]*[^<>\s])?)>/g)) {
      if (tables.length === 0)
        report(place(location), `<${name}> stands for a column, and this scenario has no Examples`);
      else if (tables.some((columns) => !columns.has(name))) {
        report(
          place(location),
          `<${name}> has no column in ${tables.length > 1 ? 'one of the tables' : 'the table'} of Examples`,
        );
      }
    }
  }
}

/** Every piece of a step in which Gherkin replaces placeholders. */
function stepTexts(step: Step): Pick<Step, 'location' | 'text'>[] {
  const cells = step.dataTable?.rows.flatMap((row) => row.cells) ?? [];
  return [
    step,
    ...(step.docString === undefined ? [] : [{ location: step.docString.location, text: step.docString.content }]),
    ...cells.map(({ location, value }) => ({ location, text: value })),
  ];
}
