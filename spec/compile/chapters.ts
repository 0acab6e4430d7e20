/** All chapters and their clauses: spec/chapters/*.md and spec/objects/*.md. */
import { basename } from 'node:path';
import type { Chapter, Clause, Part, Place } from '../model.ts';
import type { Report } from '../problem.ts';
import { compileClause } from './clause.ts';
import { compileContents } from './contents.ts';
import { fileStart, listFiles, readText } from './files.ts';
import { parseMarkdown } from './markdown.ts';

const FOLDERS = ['spec/chapters', 'spec/objects'];

export interface Chapters {
  readonly parts: readonly Part[];
  /** In reading order. */
  readonly chapters: readonly Chapter[];
  /** By id, in reading order. */
  readonly clauses: Readonly<Record<string, Clause>>;
}

/** `sources`: keys of spec/sources.yaml; undefined where it could not be read. */
export function compileChapters(root: string, sources: ReadonlySet<string> | undefined, report: Report): Chapters {
  const files = FOLDERS.flatMap((folder) => listFiles(root, folder, '.md', report));
  if (files.length === 0) report(fileStart(FOLDERS.join(', ')), 'there are no chapters');
  const ids = new Map<string, Place>();
  const places = new Map<string, Place>();
  const clauses = new Map<string, Clause>();
  const read: Omit<Chapter, 'part' | 'order'>[] = [];
  for (const file of files) {
    const text = readText(root, file, report);
    if (text === undefined) continue;
    const id = basename(file, '.md');
    const other = ids.get(id);
    if (other !== undefined) report(fileStart(file), `the chapter id \`${id}\` already belongs to ${other.file}`);
    ids.set(id, fileStart(file));
    const { title, clauses: texts } = parseMarkdown(file, text, report);
    const own: string[] = [];
    for (const one of texts) {
      const clause = compileClause(one, id, sources, report);
      const first = places.get(one.id.text);
      if (first !== undefined) {
        report(one.id.place, `the clause \`${one.id.text}\` already exists at ${first.file}:${String(first.line)}`);
      } else {
        places.set(one.id.text, one.id.place);
        own.push(one.id.text);
        if (clause !== undefined) clauses.set(clause.id, clause);
      }
    }
    read.push({ id, title: title?.text ?? id, file, clauses: own });
  }
  const contents = compileContents(root, new Map([...ids].map(([id, place]) => [id, place.file])), report);
  const chapters = read.flatMap((page): Chapter[] => {
    const place = contents?.places.get(page.id);
    return place === undefined ? [] : [{ ...page, ...place }];
  });
  chapters.sort((a, b) => a.order - b.order);
  const inOrder = chapters.flatMap((chapter) => chapter.clauses).flatMap((id) => clauses.get(id) ?? []);
  return {
    parts: contents?.parts ?? [],
    chapters,
    clauses: Object.fromEntries(inOrder.map((clause) => [clause.id, clause])),
  };
}
