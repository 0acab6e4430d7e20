/** The feature files of a run, for a view that shows steps: what a result says of a step fits only the files it ran. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { UsageError } from '../failure.ts';
import type { ResultDocument } from '../result/document.ts';
import type { Features } from '../run/features.ts';

export interface SourceFile {
  /** Path below the root, with forward slashes. */
  readonly uri: string;
  readonly text: string;
}

/** The files that hold scenarios of a result, in the order of its scenarios. */
export type Sources = readonly SourceFile[];

/** `path`: of the result. Refuses features that have changed since. */
export function sourcesOf(document: ResultDocument, path: string, features: Features, root: string): Sources {
  if (document.features !== features.digest) {
    throw new UsageError(
      `${path}: the features have changed since that result (${document.features} then, ${features.digest} now), and this view shows their steps; take the revision that made it`,
    );
  }
  const uris = new Map(features.scenarios.map(({ id, uri }) => [id, uri]));
  const wanted = new Set(document.scenarios.flatMap(({ id }) => uris.get(id) ?? []));
  return [...wanted].map((uri) => ({ uri, text: readFileSync(join(root, uri), 'utf8') }));
}
