/** The scenarios there are: outlines expanded, each with its id, its tags and the clauses it is there to decide. */
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { collector, type Problem } from '../../spec/problem.ts';
import { UsageError } from '../failure.ts';
import { readFeatureFiles, type Pickle } from '../lint/feature_file.ts';
import { problemLines } from '../problems.ts';
import { scenarioId } from '../../spec/scenario_id.ts';

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
  const problems: Problem[] = [];
  const files = readFeatureFiles(root, collector(problems));
  if (problems.length > 0) throw new UsageError(problemLines(problems));
  const hash = createHash('sha256');
  for (const { uri } of files)
    hash
      .update(`${uri}\0`)
      .update(readFileSync(join(root, uri)))
      .update('\0');
  const scenarios = files.flatMap(({ uri, pickles }) => pickles.map((pickle) => asScenario(uri, pickle)));
  return { scenarios, digest: hash.digest('hex').slice(0, 16) };
}

function asScenario(uri: string, pickle: Pickle): Scenario {
  const tags = pickle.tags.map((tag) => tag.name);
  const clauses = new Set(tags.filter((tag) => !tag.includes(':')).map((tag) => tag.slice(1)));
  const line = pickle.location?.line ?? 1;
  return { id: scenarioId(uri, pickle.name), uri, line, name: pickle.name, tags, clauses: [...clauses] };
}
