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
  term: 2,
  chapter: 2,
  method: 1.6,
  attribute: 1.4,
  decision: 1.2,
  defect: 1,
  feature: 1,
};

/** Each word as it stands, and its parts: `qp-modify-required` is found whole and by `modify`. */
function tokens(text: string): string[] {
  return text.split(/[\s,;:.()"“”]+/).flatMap((word) => {
    const parts = word.split(/[-_/#.>]+/).filter((part) => part !== '');
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
  const weights = new Map(entries.map(({ id, kind }) => [id, WEIGHT[kind]]));
  const index = new MiniSearch<SearchEntry>({
    fields: ['title', 'words', 'text'],
    storeFields: ['kind', 'title', 'text', 'url'],
    tokenize: tokens,
    searchOptions: {
      boost: { title: 4, words: 2 },
      boostDocument: (id: unknown) => weights.get(String(id)) ?? 1,
      combineWith: 'AND',
      prefix: true,
      fuzzy: (term) => (term.length > 5 ? 0.15 : false),
      // A word typed whole is looked for whole; its parts follow from the index.
      tokenize: (text) => text.split(/[\s,;:.()"“”]+/).filter((word) => word !== ''),
    },
  });
  index.addAll(entries);
  return (words) => index.search(words) as unknown as readonly Found[];
}
