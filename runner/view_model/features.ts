/** Feature files as text to read: what is written, and which scenarios it makes. */
import { collector, type Problem } from '../../spec/problem.ts';
import type { Outcome, ScenarioResult } from '../../spec/verdict/check.ts';
import { UsageError } from '../failure.ts';
import {
  readFeatureFiles,
  type Background,
  type Feature,
  type FeatureFile,
  type Rule,
  type Scenario,
  type Step,
} from '../lint/feature_file.ts';
import { problemLines } from '../problems.ts';
import { scenarioId } from '../../spec/scenario_id.ts';
import type { FeaturePageView, FeatureView, Outcomes, ScenarioView, StepView } from './model.ts';

/** What one scenario came from. */
export interface Origin {
  /** Folder of the feature file: the page. */
  readonly page: string;
  readonly anchor: string;
  /** Name as written, placeholders and all. */
  readonly name: string;
  /** Its row of examples by column. */
  readonly row: Readonly<Record<string, string>>;
}

export interface WrittenFeatures {
  readonly pages: readonly FeaturePageView[];
  readonly origins: ReadonlyMap<string, Origin>;
}

/** By subject id: its scenarios by their ids. */
export type ResultsBySubject = ReadonlyMap<string, ReadonlyMap<string, ScenarioResult>>;

export function writtenFeatures(root: string, results: ResultsBySubject): WrittenFeatures {
  const problems: Problem[] = [];
  const files = readFeatureFiles(root, collector(problems));
  if (problems.length > 0) throw new UsageError(problemLines(problems));
  const pages = new Map<string, FeatureView[]>();
  const origins = new Map<string, Origin>();
  for (const file of files) {
    const page = file.uri.split('/')[1] ?? '';
    const view = featureView(file, page, origins, results);
    pages.set(page, [...(pages.get(page) ?? []), view]);
  }
  return {
    pages: [...pages].map(([page, features]) => ({
      page,
      scenarios: features.flatMap(({ rules }) => rules.flatMap(({ scenarios }) => scenarios.flatMap(({ ids }) => ids)))
        .length,
      features,
    })),
    origins,
  };
}

function featureView(
  file: FeatureFile,
  page: string,
  origins: Map<string, Origin>,
  results: ResultsBySubject,
): FeatureView {
  const { feature, uri, pickles } = file;
  const made = new Map<string, string[]>();
  for (const pickle of pickles) {
    const id = scenarioId(uri, pickle.name);
    const [written = '', row] = pickle.astNodeIds;
    const list = made.get(written);
    if (list === undefined) made.set(written, [id]);
    else list.push(id);
    origins.set(id, { page, anchor: '', name: '', row: rowOf(feature, written, row) });
  }
  const scenario = (written: Scenario): ScenarioView => {
    const ids = made.get(written.id) ?? [];
    const anchor = anchorOf(ids[0] ?? '');
    for (const id of ids) {
      const origin = origins.get(id);
      if (origin !== undefined) origins.set(id, { ...origin, anchor, name: written.name });
    }
    return scenarioView(written, ids, anchor, results);
  };
  return {
    file: uri,
    name: feature.name,
    description: trimmed(feature.description),
    background: feature.children.flatMap(({ background }) => stepsOf(background)),
    rules: feature.children.flatMap(({ rule }) => (rule === undefined ? [] : [ruleView(rule, scenario)])),
  };
}

function ruleView(rule: Rule, scenario: (written: Scenario) => ScenarioView): FeatureView['rules'][number] {
  const names = rule.tags.map(({ name }) => name);
  return {
    name: rule.name,
    clauses: names.filter((name) => !name.includes(':')).map((name) => name.slice(1)),
    tags: names.filter((name) => name.includes(':')),
    background: rule.children.flatMap(({ background }) => stepsOf(background)),
    scenarios: rule.children.flatMap((child) => (child.scenario === undefined ? [] : [scenario(child.scenario)])),
  };
}

function scenarioView(
  { keyword, name, location, tags, steps, examples }: Scenario,
  ids: readonly string[],
  anchor: string,
  results: ResultsBySubject,
): ScenarioView {
  return {
    anchor,
    keyword,
    name,
    line: location.line,
    tags: tags.map((tag) => tag.name),
    steps: steps.map(stepView),
    examples: examples.map((table) => ({
      tags: table.tags.map((tag) => tag.name),
      rows: [table.tableHeader, ...table.tableBody].flatMap((row) =>
        row === undefined ? [] : [row.cells.map(({ value }) => value)],
      ),
    })),
    ids,
    outcomes: [...results].map(([subject, scenarios]) => ({ subject, counts: countOutcomes(ids, scenarios) })),
  };
}

function countOutcomes(ids: readonly string[], scenarios: ReadonlyMap<string, ScenarioResult>): Outcomes {
  const counts: Partial<Record<Outcome, number>> = {};
  for (const id of ids) {
    const outcome = scenarios.get(id)?.outcome;
    if (outcome !== undefined) counts[outcome] = (counts[outcome] ?? 0) + 1;
  }
  return counts;
}

function stepsOf(background: Background | undefined): StepView[] {
  return (background?.steps ?? []).map(stepView);
}

function stepView({ keyword, text, dataTable }: Step): StepView {
  const step = { keyword: keyword.trim(), text };
  if (dataTable === undefined) return step;
  return { ...step, table: dataTable.rows.map(({ cells }) => cells.map(({ value }) => value)) };
}

function rowOf(feature: Feature, written: string, row: string | undefined): Record<string, string> {
  if (row === undefined) return {};
  const scenarios = feature.children.flatMap(({ scenario, rule }) => [
    ...(scenario === undefined ? [] : [scenario]),
    ...(rule?.children ?? []).flatMap((child) => (child.scenario === undefined ? [] : [child.scenario])),
  ]);
  const tables = scenarios.find(({ id }) => id === written)?.examples ?? [];
  for (const { tableHeader, tableBody } of tables) {
    const found = tableBody.find(({ id }) => id === row);
    if (found === undefined) continue;
    const names = tableHeader?.cells.map(({ value }) => value) ?? [];
    return Object.fromEntries(found.cells.map(({ value }, index) => [names[index] ?? '', value]));
  }
  return {};
}

/** `qp/modify#rc-from-init` gives `modify-rc-from-init`: unique on the page of its folder. */
function anchorOf(id: string): string {
  return id.slice(id.indexOf('/') + 1).replaceAll(/[/#]/g, '-');
}

function trimmed(text: string): string {
  return text
    .split('\n')
    .map((line) => line.trim())
    .join('\n')
    .trim();
}
