/** The search as components use it: nothing is fetched before a reader wants to search. */
import useBaseUrl from '@docusaurus/useBaseUrl';
import { useEffect, useState } from 'react';
import { searchFrom, type Found } from './search_index.ts';

export interface SearchState {
  readonly found: readonly Found[];
  /** How the search stands, in words: what was found, or why nothing is there to be seen. */
  readonly said: string;
}

interface Answer {
  /** What was looked for. */
  readonly words: string;
  readonly found: readonly Found[];
  readonly problem: string;
}

const NONE: Answer = { words: '', found: [], problem: '' };

export function useSearch(words: string, wanted: boolean): SearchState {
  const address = useBaseUrl('/search.json');
  const [answer, setAnswer] = useState<Answer>(NONE);
  useEffect(() => {
    if (!wanted) return undefined;
    let current = true;
    searchFrom(address).then(
      (search) => {
        if (current) setAnswer({ words, found: words.trim() === '' ? [] : search(words), problem: '' });
      },
      (thrown: unknown) => {
        const problem = thrown instanceof Error ? thrown.message : String(thrown);
        if (current) setAnswer({ words, found: [], problem });
      },
    );
    return () => {
      current = false;
    };
  }, [address, words, wanted]);
  return { found: answer.found, said: wordsFor(answer, words) };
}

function wordsFor({ words, found, problem }: Answer, asked: string): string {
  if (problem !== '') return `The search could not be loaded: ${problem}`;
  if (words !== asked) return 'Searching …';
  return found.length === 0 ? 'Nothing found' : `${String(found.length)} found`;
}
