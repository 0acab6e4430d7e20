/** What every page knows: the published subjects, and on which page each clause stands. */
import { usePluginData } from '@docusaurus/useGlobalData';
import type { Shared } from '../../plugin/pages.ts';

export type SharedSubject = Shared['subjects'][number];

export function useShared(): Shared {
  return usePluginData('view-model-pages') as Shared;
}

let pages: ReadonlyMap<string, string> | undefined;

/** Address of a clause below the root of the site; undefined for one that is not in the specification. */
export function useClauseAddress(): (id: string) => string | undefined {
  const { clauses } = useShared();
  pages ??= new Map(Object.entries(clauses).flatMap(([page, ids]) => ids.map((id): [string, string] => [id, page])));
  return (id) => {
    const page = pages?.get(id);
    return page === undefined ? undefined : `/${page}/#${id}`;
  };
}
