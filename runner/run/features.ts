/** The scenarios there are: every feature file parsed once, outlines expanded, each scenario with its id and clauses. */
import { createHash } from 'node:crypto';
import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { AstBuilder, GherkinClassicTokenMatcher, Parser, compile } from '@cucumber/gherkin';
import { IdGenerator, type GherkinDocument, type Pickle } from '@cucumber/messages';
import { compareText } from '../../spec/problem.ts';
import { UsageError, messageOf } from '../failure.ts';
import { scenarioId } from './scenario_id.ts';

export interface Scenario {
  readonly id: string;
  /** Path of the feature file below the root, with forward slashes. */
  readonly uri: string;
  /** Line of the scenario, or of its row of examples. */
  readonly line: number;
  readonly name: string;
  /** All tags that apply, with their at signs. */
  readonly tags: readonly string[];
  /** The clauses it is there to decide: its tags without a colon. */
  readonly clauses: readonly string[];
}

export interface Features {
  readonly scenarios: readonly Scenario[];
  /** SHA-256 over paths and contents, first 16 hex digits. */
  readonly digest: string;
}

/** Reads everything under features/. The lint judges what is in them; here only what cannot be parsed is refused. */
export function readFeatures(root: string): Features {
  const hash = createHash('sha256');
  const scenarios: Scenario[] = [];
  const newId = IdGenerator.incrementing();
  const parser = new Parser(new AstBuilder(newId), new GherkinClassicTokenMatcher());
  for (const uri of featureFiles(root)) {
    const text = readFileSync(join(root, uri), 'utf8');
    hash.update(`${uri}\0${text}\0`);
    let document: GherkinDocument;
    try {
      document = parser.parse(text);
    } catch (thrown) {
      throw new UsageError(parseErrors(uri, thrown));
    }
    for (const pickle of compile(document, uri, newId)) scenarios.push(asScenario(uri, pickle));
  }
  refuseDuplicates(scenarios);
  return { scenarios, digest: hash.digest('hex').slice(0, 16) };
}

function featureFiles(root: string): string[] {
  const folder = join(root, 'features');
  let names: string[];
  try {
    names = readdirSync(folder, { recursive: true, encoding: 'utf8' });
  } catch (thrown) {
    throw new UsageError(`features: cannot be read: ${messageOf(thrown)}`);
  }
  return names
    .filter((name) => name.endsWith('.feature'))
    .map((name) => `features/${name.replaceAll('\\', '/')}`)
    .sort(compareText);
}

function asScenario(uri: string, pickle: Pickle): Scenario {
  const tags = pickle.tags.map((tag) => tag.name);
  const clauses = new Set(tags.filter((tag) => !tag.includes(':')).map((tag) => tag.slice(1)));
  const line = pickle.location?.line ?? 1;
  return { id: scenarioId(uri, pickle.name), uri, line, name: pickle.name, tags, clauses: [...clauses] };
}

function refuseDuplicates(scenarios: readonly Scenario[]): void {
  const seen = new Map<string, Scenario>();
  for (const scenario of scenarios) {
    const other = seen.get(scenario.id);
    if (other !== undefined) {
      const place = `${scenario.uri}:${String(scenario.line)}:1`;
      const first = `${other.uri}:${String(other.line)}`;
      throw new UsageError(`${place}: scenario id ${scenario.id} is taken by ${first}; give the scenario another name`);
    }
    seen.set(scenario.id, scenario);
  }
}

interface LocatedError {
  readonly location?: { readonly line: number; readonly column?: number };
  readonly message: string;
}

/** The parser names every place in its message too; it goes in front instead. */
function parseErrors(uri: string, thrown: unknown): string[] {
  const inner = (thrown as { readonly errors?: readonly LocatedError[] }).errors;
  return (inner ?? [thrown as LocatedError]).map(({ location, message }) => {
    const text = message.replace(/^\(\d+:\d+\): /, '');
    return `${uri}:${String(location?.line ?? 1)}:${String(location?.column ?? 1)}: ${text}`;
  });
}
