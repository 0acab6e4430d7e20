/** The feature files as Gherkin sees them: documents for what was written, pickles for what would run. */
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { AstBuilder, compile, GherkinClassicTokenMatcher, Parser } from '@cucumber/gherkin';
import { fileStart, readText } from '../../spec/compile/files.ts';
import type { Place } from '../../spec/model.ts';
import { compareText, type Report } from '../../spec/problem.ts';

/** The message types as the parser itself declares them: those of its own build of the messages package. */
type GherkinDocument = Parameters<typeof compile>[0];
export type Feature = NonNullable<GherkinDocument['feature']>;
export type Rule = NonNullable<Feature['children'][number]['rule']>;
export type Background = NonNullable<Feature['children'][number]['background']>;
export type Scenario = NonNullable<Feature['children'][number]['scenario']>;
export type Step = Scenario['steps'][number];
export type Tag = Feature['tags'][number];
export type Pickle = ReturnType<typeof compile>[number];
export type PickleStep = Pickle['steps'][number];
type Location = Feature['location'];

export interface FeatureFile {
  /** Path below the root, with forward slashes. */
  readonly uri: string;
  readonly feature: Feature;
  /** Every scenario with its outline rows expanded; inherits all tags. */
  readonly pickles: readonly Pickle[];
  readonly place: (location: Location | undefined) => Place;
}

/** All files that parse; parse errors and files without a feature are reported. */
export function readFeatureFiles(root: string, report: Report): FeatureFile[] {
  const files: FeatureFile[] = [];
  const paths = featurePaths(root, report);
  if (paths?.length === 0) report(fileStart('features'), 'there are no feature files in this folder');
  for (const uri of paths ?? []) {
    const text = readText(root, uri, report);
    const document = text === undefined ? undefined : parse(uri, text, report);
    if (document === undefined) continue;
    const { feature } = document;
    if (feature === undefined) report(fileStart(uri), 'there is no feature in this file');
    else files.push({ uri, feature, pickles: compile(document, uri, ids()), place: (at) => placeOf(uri, at) });
  }
  return files;
}

function featurePaths(root: string, report: Report): string[] | undefined {
  try {
    return readdirSync(join(root, 'features'), { recursive: true, encoding: 'utf8' })
      .filter((name) => name.endsWith('.feature'))
      .map((name) => `features/${name.replaceAll('\\', '/')}`)
      .sort(compareText);
  } catch {
    report(fileStart('features'), 'this folder is missing or cannot be read');
    return undefined;
  }
}

function parse(uri: string, text: string, report: Report): GherkinDocument | undefined {
  try {
    return new Parser(new AstBuilder(ids()), new GherkinClassicTokenMatcher()).parse(text);
  } catch (error) {
    const inner = (error as { readonly errors?: readonly GherkinError[] }).errors ?? [error as GherkinError];
    // The parser repeats the place in its message.
    for (const one of inner) report(placeOf(uri, one.location), one.message.replace(/^\(\d+:\d+\): /, ''));
    return undefined;
  }
}

interface GherkinError {
  readonly message: string;
  readonly location?: Location;
}

function ids(): () => string {
  let next = 0;
  return () => String(next++);
}

function placeOf(file: string, location: Location | undefined): Place {
  return { file, line: Math.max(location?.line ?? 1, 1), column: Math.max(location?.column ?? 1, 1) };
}

export interface PlacedScenario {
  readonly scenario: Scenario;
  /** The rule it stands in. */
  readonly rule?: Rule;
}

export function rulesOf(feature: Feature): Rule[] {
  return feature.children.flatMap(({ rule }) => rule ?? []);
}

export function scenariosOf(feature: Feature): PlacedScenario[] {
  return feature.children.flatMap(({ scenario, rule }): PlacedScenario[] => {
    if (scenario !== undefined) return [{ scenario }];
    return (rule?.children ?? []).flatMap((child) =>
      child.scenario === undefined || rule === undefined ? [] : { scenario: child.scenario, rule },
    );
  });
}

export function backgroundsOf(feature: Feature): Background[] {
  const children = [...feature.children, ...rulesOf(feature).flatMap((rule) => rule.children)];
  return children.flatMap(({ background }) => background ?? []);
}
