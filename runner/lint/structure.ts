/** What Gherkin takes for text, or takes and then runs as nothing. */
import { fileStart } from '../../spec/compile/files.ts';
import type { Report } from '../../spec/problem.ts';
import { backgroundsOf, rulesOf, scenariosOf, type FeatureFile } from './feature_file.ts';

/** The start of a line that was perhaps meant as a keyword: `Scenaro:`, `Backgroud:`. */
const NEARLY_A_KEYWORD = /^\s*(sc\w*|backg?\w*|exam?\w*|rul\w*)(\s+\w+)?:/i;

export function checkStructure(file: FeatureFile, report: Report): void {
  const { feature, place, uri } = file;
  if (scenariosOf(feature).length === 0) report(fileStart(uri), 'this feature has no scenario');
  for (const { name, keyword, description, location } of [feature, ...rulesOf(feature)]) {
    const odd = description.split('\n').find((line) => NEARLY_A_KEYWORD.test(line));
    if (odd === undefined) continue;
    report(place(location), `the text below ${keyword}: ${name} has the line "${odd.trim()}"; a misspelt keyword?`);
  }
  for (const { scenario, rule } of scenariosOf(feature)) {
    const at = place(scenario.location);
    if (rule === undefined) report(at, 'a scenario stands inside a Rule that is tagged with its clause');
    if (scenario.name.trim() === '') report(at, 'a scenario needs a name; its id is made from it');
    if (scenario.steps.length === 0)
      report(at, 'this scenario has no steps; a misspelt Given, When or Then is taken as text');
    for (const part of scenario.examples.filter((one) => one.description !== '')) {
      report(place(part.location), 'free text under Examples; write it as a comment (#)');
    }
  }
  for (const part of [...backgroundsOf(feature), ...scenariosOf(feature).map(({ scenario }) => scenario)]) {
    if (part.description !== '') {
      const line = part.description.trim().split('\n')[0] ?? '';
      report(
        place(part.location),
        `free text under ${part.keyword}: "${line}"; a misspelt step? write text as a comment (#)`,
      );
    }
    for (const step of part.steps.filter((one) => one.keyword.trim() === '*')) {
      report(place(step.location), 'a step begins with Given, When, Then, And or But; `*` says nothing of its kind');
    }
  }
}
