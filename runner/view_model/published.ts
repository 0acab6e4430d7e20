/** What is published: every result document below a folder, read, checked and given a name. */
import { readdirSync, statSync } from 'node:fs';
import { join, sep } from 'node:path';
import type { Spec } from '../../spec/model.ts';
import { compareText } from '../../spec/problem.ts';
import { UsageError } from '../failure.ts';
import type { ResultDocument } from '../result/document.ts';
import { readResult, RESULT_FILE } from '../result/read.ts';
import { requireSound } from './soundness.ts';

export interface Published {
  readonly id: string;
  /** Path as given to a replay. */
  readonly file: string;
  readonly document: ResultDocument;
}

/** Files of this name below `folder`, in the order of their paths; a folder that is not there holds none. */
export function filesNamed(folder: string, name: string): string[] {
  try {
    return readdirSync(folder, { recursive: true, encoding: 'utf8' })
      .filter((path) => path === name || path.endsWith(`${sep}${name}`))
      .filter((path) => statSync(join(folder, path)).isFile())
      .sort();
  } catch (thrown) {
    if ((thrown as NodeJS.ErrnoException).code === 'ENOENT') return [];
    throw thrown;
  }
}

/** What is about a product comes first, studies last; of one backend those that showed most first. */
export async function publishedResults(folder: string, root: string, spec: Spec): Promise<Published[]> {
  const published: Published[] = [];
  const ids = new Map<string, string>();
  for (const name of filesNamed(folder, RESULT_FILE)) {
    const file = join(folder, name);
    const id = name
      .split(sep)
      .slice(0, -1)
      .join('-')
      .toLowerCase()
      .replaceAll(/[^a-z0-9.-]+/g, '-');
    if (id === '') throw new UsageError(`${file}: give it a folder of its own below ${folder}, which names its page`);
    const other = ids.get(id);
    if (other !== undefined)
      throw new UsageError(`${file}: would have the same page as ${other}; rename one of the folders`);
    ids.set(id, file);
    const document = await readResult(file, root, spec);
    requireSound(document, spec, file);
    published.push({ id, file, document });
  }
  return published.sort(
    (a, b) =>
      rank(a) - rank(b) ||
      compareText(a.document.subject.backend, b.document.subject.backend) ||
      checksIn(b) - checksIn(a) ||
      compareText(a.id, b.id),
  );
}

function checksIn({ document }: Published): number {
  return document.scenarios.reduce((total, { checks }) => total + checks.length, 0);
}

function rank({ document: { subject } }: Published): number {
  return (subject.study ? 2 : 0) + (subject.abi === 'uapi' ? 1 : 0);
}
