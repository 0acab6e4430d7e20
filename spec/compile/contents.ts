/** spec/contents.yaml: the parts of the specification, and the pages of each in reading order. */
import type { Part } from '../model.ts';
import type { Report } from '../problem.ts';
import { fileStart } from './files.ts';
import { satisfies } from './schema.ts';
import { readYaml } from './yaml_file.ts';

const FILE = 'spec/contents.yaml';

export interface Contents {
  readonly parts: readonly Part[];
  /** Page id -> its part and its place among all pages, from 1. */
  readonly places: ReadonlyMap<string, { readonly part: string; readonly order: number }>;
}

interface Entry {
  readonly part: string;
  readonly title: string;
  readonly for: string;
  readonly pages: readonly string[];
}

/** `files`: page id -> its file. Undefined where the file is unreadable or malformed. */
export function compileContents(
  root: string,
  files: ReadonlyMap<string, string>,
  report: Report,
): Contents | undefined {
  const yaml = readYaml(root, FILE, report);
  if (yaml === undefined || !satisfies(yaml, 'contents', report)) return undefined;
  const entries = yaml.value as readonly Entry[];
  const places = new Map<string, { readonly part: string; readonly order: number }>();
  const parts = new Set<string>();
  for (const [index, { part, pages }] of entries.entries()) {
    if (parts.has(part)) report(yaml.at([index, 'part']), `there is a part \`${part}\` already`);
    parts.add(part);
    for (const [position, page] of pages.entries()) {
      const at = yaml.at([index, 'pages', position]);
      if (!files.has(page)) report(at, `there is no page \`${page}\` in spec/chapters or spec/objects`);
      else if (places.has(page)) report(at, `the page \`${page}\` stands here twice`);
      else places.set(page, { part, order: places.size + 1 });
    }
  }
  for (const [page, file] of files)
    if (!places.has(page)) report(fileStart(file), `this page stands in no part of ${FILE}`);
  return { parts: entries.map(({ part: id, title, for: purpose }) => ({ id, title, purpose })), places };
}
