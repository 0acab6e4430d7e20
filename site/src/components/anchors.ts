/** Tells the builder of the site which anchors a page has beside its headings, so that a link to none of them fails the build. */
import useBrokenLinks from '@docusaurus/useBrokenLinks';

/** Where the page of sources has one; the search of the view model names the same place. */
export function sourceAnchor(key: string): string {
  return `source-${key.replaceAll(/[/:@]/g, '-')}`;
}

export function useAnchors(ids: readonly string[]): void {
  const { collectAnchor } = useBrokenLinks();
  for (const id of ids) collectAnchor(id);
}
