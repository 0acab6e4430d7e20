/** What can be seen without a browser: the files of the site, and where their links lead. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { deadLinks, pageOf } from '../plugin/relocation/links.ts';
import { tagsOf } from '../plugin/relocation/markup.ts';
import { builtFiles, builtPages, FOLDER, htmlOf, ROOT } from './built.ts';
import { KINDS } from './kinds.ts';

const files = new Set(builtFiles());

describe('the built site', () => {
  it('has no dead link and no dead anchor', () => {
    const pages = new Map(
      [...files].filter((path) => path.endsWith('.html')).map((path) => [path, pageOf(tagsOf(html(path)))]),
    );
    expect(pages.size).toBeGreaterThan(100);
    const links = [...pages.values()].flatMap((page) => page.links);
    expect(links.length).toBeGreaterThan(1000);
    const dead = [...pages.keys()].flatMap((path) =>
      deadLinks(path, pages, files).map(({ words }) => `${path}: ${words}`),
    );
    expect(dead).toEqual([]);
  });

  it('names no folder of the machine it was built on, and no place it was built for', () => {
    const texts = [...files].map((path) => [path, readFileSync(join(FOLDER, path), 'utf8')] as const);
    const told = texts.filter(([, text]) => text.includes(`${ROOT}/`) || text.includes('example.invalid'));
    expect(told.map(([path]) => path)).toEqual([]);
  });

  it('has a kind for every page, and a page of every kind', () => {
    const kinds = builtPages().map((page) => ({ page, kinds: KINDS.filter(({ pages }) => pages.test(page)).length }));
    expect(kinds.filter((one) => one.kinds !== 1)).toEqual([]);
    for (const { name, pages } of KINDS)
      expect(
        builtPages().some((page) => pages.test(page)),
        name,
      ).toBe(true);
  });
});

describe('without a script', () => {
  it('the sentence of every clause stands where its id is', () => {
    const { clauses } = JSON.parse(readFileSync(join(ROOT, 'build', 'spec.json'), 'utf8')) as {
      clauses: Record<string, { readonly sentence: string }>;
    };
    const texts = builtPages().map((page) => textOf(htmlOf(page)));
    const missing = Object.entries(clauses).filter(
      ([id, { sentence }]) => !texts.some((text) => text.includes(words(id)) && text.includes(words(sentence))),
    );
    expect(Object.keys(clauses).length).toBeGreaterThan(400);
    expect(missing.map(([id]) => id)).toEqual([]);
  });
});

function html(path: string): string {
  return readFileSync(join(FOLDER, path), 'utf8');
}

/** The letters and digits of a text: markup, quotes and spaces are for the pages to choose. */
function words(text: string): string {
  return text.replaceAll(/[^\p{L}\p{N}]+/gu, ' ').trim();
}

function textOf(html: string): string {
  return words(
    html
      .replaceAll(/<(script|style)\b.*?<\/\1>/gs, ' ')
      .replaceAll(/<[^>]*>/g, '')
      .replaceAll(/&[#\w]+;/g, ' '),
  );
}
