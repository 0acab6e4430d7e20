/** Tells the builder of the site which anchors a page has beside its headings, so that a link to none of them fails the build. */
import useBrokenLinks from '@docusaurus/useBrokenLinks';

/** Where the page of sources has one; the search of the view model names the same place. */
export function sourceAnchor(key: string): string {
  return `source-${key.replaceAll(/[/:@]/g, '-')}`;
}

/** Where the page of statements has one. */
export function statementAnchor(number: number): string {
  return `statement-${String(number)}`;
}

/** Where the same page begins a mail. */
export function mailAnchor(key: string): string {
  return `mail-${key}`;
}

/** Where the page of a profile says what speaks against a claim by a result. */
export function judgementAnchor(subject: string): string {
  return `judged-${subject}`;
}

export function useAnchors(ids: readonly string[]): void {
  const { collectAnchor } = useBrokenLinks();
  for (const id of ids) collectAnchor(id);
}
