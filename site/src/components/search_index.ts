/** The index of the search, made in the reader's browser from the entries this site holds, once, when it is first needed. */
import MiniSearch, { type SearchResult } from 'minisearch';
import type { SearchEntry } from '../../../runner/view_model/model.ts';

export type Found = SearchResult & Pick<SearchEntry, 'kind' | 'title' | 'text' | 'url'>;
export type Search = (words: string) => readonly Found[];

/** Rules come before what is made from them. */
const WEIGHT: Readonly<Record<SearchEntry['kind'], number>> = {
  clause: 3,
  errno: 3,
  event: 3,
  object: 3,
  uverbs: 2,
  term: 2,
  chapter: 2,
  method: 1.6,
  attribute: 1.4,
  profile: 2,
  statement: 1,
  decision: 1.2,
  source: 1,
  feature: 1,
};

function wordsIn(text: string): string[] {
  return text.split(/[\s,;:.()"“”]+/).filter((word) => word !== '');
}

function partsOf(word: string): string[] {
  return word.split(/[-_/#>]+/).filter((part) => part !== '');
}

/** Each word as it stands, and its parts: `qp-modify-required` is found whole and by `modify`. */
function tokens(text: string): string[] {
  return wordsIn(text).flatMap((word) => {
    const parts = partsOf(word);
    return parts.length > 1 ? [word, ...parts] : parts;
  });
}

let made: Promise<Search> | undefined;

export function searchFrom(address: string): Promise<Search> {
  made ??= fetch(address).then(async (response) => {
    if (!response.ok) throw new Error(`${String(response.status)} ${response.statusText}`);
    return searchIn((await response.json()) as readonly SearchEntry[]);
  });
  made.catch(() => {
    made = undefined;
  });
  return made;
}

function searchIn(entries: readonly SearchEntry[]): Search {
  const index = new MiniSearch<SearchEntry & { readonly id: number }>({
    fields: ['title', 'words', 'text'],
    storeFields: ['kind', 'title', 'text', 'url'],
    tokenize: tokens,
    searchOptions: {
      boost: { title: 4, words: 2 },
      boostDocument: (id: unknown) => {
        const entry = entries[Number(id)];
        return entry === undefined ? 1 : WEIGHT[entry.kind];
      },
      combineWith: 'AND',
      // A number is a whole one: 12 is not the beginning of 120.
      prefix: (term) => !/^\d+$/.test(term),
      fuzzy: (term) => (term.length > 5 ? 0.15 : false),
      tokenize: wordsIn,
    },
  });
  index.addAll(entries.map((entry, id) => ({ ...entry, id })));
  // What is typed may be a whole id or a part of one: whole words, or else their parts, all of them.
  return (words) => {
    const whole = { queries: wordsIn(words), combineWith: 'AND' as const };
    const parts = { queries: wordsIn(words).flatMap(partsOf), combineWith: 'AND' as const };
    return index.search({ queries: [whole, parts], combineWith: 'OR' }) as unknown as readonly Found[];
  };
}
