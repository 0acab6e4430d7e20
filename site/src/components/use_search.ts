/** The search as components use it: nothing is fetched before a reader wants to search. */
import useBaseUrl from '@docusaurus/useBaseUrl';
import { useEffect, useState } from 'react';
import { searchFrom, type Found } from './search_index.ts';

export interface SearchState {
  readonly found: readonly Found[];
  readonly problem: string;
}

export function useSearch(words: string, wanted: boolean): SearchState {
  const address = useBaseUrl('/search.json');
  const [state, setState] = useState<SearchState>({ found: [], problem: '' });
  useEffect(() => {
    if (!wanted) return undefined;
    let current = true;
    searchFrom(address).then(
      (search) => {
        if (current) setState({ found: words.trim() === '' ? [] : search(words), problem: '' });
      },
      (thrown: unknown) => {
        if (current)
          setState({
            found: [],
            problem: `the search could not be loaded: ${thrown instanceof Error ? thrown.message : String(thrown)}`,
          });
      },
    );
    return () => {
      current = false;
    };
  }, [address, words, wanted]);
  return state;
}
