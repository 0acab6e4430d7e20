/** The kinds of pages the site has: adding one is adding a row. Checks that are too slow for every page take one of each. */
import { builtPages, htmlOf } from './built.ts';

export interface Kind {
  readonly name: string;
  /** The addresses of its pages, from the root of the site. */
  readonly pages: RegExp;
}

export const KINDS: readonly Kind[] = [
  { name: 'home', pages: /^$/ },
  { name: 'chapter', pages: /^chapters\/./ },
  { name: 'object', pages: /^objects\/./ },
  { name: 'contents', pages: /^contents\/$/ },
  { name: 'decisions', pages: /^decisions\/$/ },
  { name: 'decision', pages: /^decisions\/./ },
  { name: 'state machines', pages: /^state-machines\/$/ },
  { name: 'state machine', pages: /^state-machines\/./ },
  { name: 'scenarios', pages: /^scenarios\/$/ },
  { name: 'scenarios of one family', pages: /^scenarios\/./ },
  { name: 'results', pages: /^results\/$/ },
  { name: 'result', pages: /^results\/./ },
  { name: 'profiles', pages: /^profiles\/$/ },
  { name: 'profile', pages: /^profiles\/./ },
  { name: 'statements of the mails', pages: /^provenance\/$/ },
  { name: 'coverage', pages: /^coverage\/$/ },
  { name: 'defects', pages: /^defects\/$/ },
  { name: 'glossary', pages: /^glossary\/$/ },
  { name: 'indexes', pages: /^indexes\/$/ },
  { name: 'types', pages: /^types\/$/ },
  { name: 'sources', pages: /^sources\/$/ },
  { name: 'search', pages: /^search\/$/ },
];

/** The longest page of a kind, which most likely has everything that a page of it can have. */
export function exampleOf(name: string): string {
  const kind = KINDS.find((one) => one.name === name);
  const [first] = builtPages()
    .filter((page) => kind?.pages.test(page))
    .map((page) => ({ page, length: htmlOf(page).length }))
    .sort((a, b) => b.length - a.length);
  if (first === undefined) throw new Error(`there is no page of the kind ${name}`);
  return first.page;
}
