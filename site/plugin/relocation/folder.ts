/** Relocates a built folder, file by file. Writes nothing unless all of it can be moved. */
import { readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { extname, join, relative } from 'node:path';
import { deadLinks, pageOf } from './links.ts';
import { BASE, mentions, type Finding } from './marker.ts';
import { tagsOf } from './markup.ts';
import { NOT_FOUND } from './not_found.ts';
import { movePage } from './page.ts';
import { moveScript } from './script.ts';

/** The most findings worth reading at once. */
const SHOWN = 20;

const NOT_FOUND_PAGE = '404.html';

/**
 * `folder` is what Docusaurus has written, `source` where the site was built from, which nobody else has. Throws with
 * file and offset of everything that stands in the way.
 */
export function relocateFolder(folder: string, source: string): void {
  const paths = readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => relative(folder, join(entry.parentPath, entry.name)))
    .sort();
  const moved = new Map<string, string>();
  const found: string[] = [];
  const say = (path: string, findings: readonly Finding[]): void => {
    for (const { offset, words } of findings) found.push(`${path}:${String(offset)}: ${words}`);
  };
  let starts = false;
  for (const path of paths) {
    const before = readFileSync(join(folder, path), 'utf8');
    const { text, findings, first } = move(path, before);
    say(path, [...findings, ...places(before, `${source}/`)]);
    starts ||= first === true;
    if (text !== undefined) moved.set(path, text);
  }
  if (!starts) found.push(`no script sets the path that others are loaded from to ${BASE}`);
  for (const [path, findings] of findingsInPages(moved, paths)) say(path, findings);
  if (found.length > 0) throw new Error(`the site cannot be moved:\n${shown(found).join('\n')}`);
  for (const [path, text] of moved) writeFileSync(join(folder, path), text);
}

interface Outcome {
  /** Undefined for files that are not text of the site. */
  readonly text?: string;
  readonly findings: readonly Finding[];
  readonly first?: boolean;
}

function move(path: string, text: string): Outcome {
  const root = '../'.repeat(path.split('/').length - 1) || './';
  if (path === NOT_FOUND_PAGE) return { text: NOT_FOUND, findings: [] };
  switch (extname(path)) {
    case '.html':
      return movePage(text, root);
    case '.js':
    case '.mjs':
      return moveScript(text, root);
    case '.css': {
      const relative = text.replaceAll(BASE, root);
      return { text: relative, findings: mentions(relative) };
    }
    default:
      return { findings: mentions(text) };
  }
}

function places(text: string, source: string): Finding[] {
  const offset = text.indexOf(source);
  return offset < 0 ? [] : [{ offset, words: `${source} is a folder of the machine it was built on` }];
}

function findingsInPages(moved: ReadonlyMap<string, string>, paths: readonly string[]): [string, Finding[]][] {
  const tags = [...moved]
    .filter(([path]) => path.endsWith('.html'))
    .map(([path, html]) => [path, tagsOf(html)] as const);
  const pages = new Map(tags.map(([path, all]) => [path, pageOf(all)]));
  const files = new Set(paths);
  return tags.map(([path, all]) => {
    // A page whose script could not be loaded on the server is still written, with the error for its content.
    const written = all.some(({ name }) => name === 'h1');
    const empty = written ? [] : [{ offset: 0, words: 'a page without a heading: it was not rendered' }];
    return [path, [...empty, ...deadLinks(path, pages, files)]];
  });
}

function shown(lines: readonly string[]): readonly string[] {
  if (lines.length <= SHOWN) return lines;
  return [...lines.slice(0, SHOWN), `and ${String(lines.length - SHOWN)} more`];
}
