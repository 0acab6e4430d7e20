/** All chapters and their clauses: spec/chapters/*.md and spec/objects/*.md. */
import { basename } from 'node:path';
import type { Chapter, Clause, Place } from '../model.ts';
import { compareText, type Report } from '../problem.ts';
import { compileClause } from './clause.ts';
import { fileStart, listFiles, readText } from './files.ts';
import { readFrontMatter } from './front_matter.ts';
import { parseMarkdown } from './markdown.ts';

const FOLDERS = ['spec/chapters', 'spec/objects'];

export interface Chapters {
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
  const chapters: Chapter[] = [];
  for (const file of files) {
    const text = readText(root, file, report);
    if (text === undefined) continue;
    const id = basename(file, '.md');
    const other = ids.get(id);
    if (other !== undefined) report(fileStart(file), `the chapter id \`${id}\` already belongs to ${other.file}`);
    ids.set(id, fileStart(file));
    const matter = readFrontMatter(file, text, report);
    const { title, clauses: texts } = parseMarkdown(file, text, matter.lines, report);
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
    chapters.push({ id, title: title?.text ?? id, file, order: matter.position ?? 0, clauses: own });
  }
  chapters.sort((a, b) => a.order - b.order || compareText(a.file, b.file));
  const inOrder = chapters.flatMap((chapter) => chapter.clauses).flatMap((id) => clauses.get(id) ?? []);
  return { chapters, clauses: Object.fromEntries(inOrder.map((clause) => [clause.id, clause])) };
}
