/** The made-up place the site is built for. Nothing of it is left in the folder that comes out. */

/** Begins every path of the site until it is relocated. */
export const BASE = '/rdma-conformance-base/';

/** Scheme and host, which Docusaurus wants to know for addresses in the heads of pages. */
export const HOST = 'https://example.invalid';

/** BASE with or without the slash at its end; a longer name that begins like it is something else. */
export const MENTION = /\/rdma-conformance-base(?![\w-])|https:\/\/example\.invalid/g;

/** Something in a built file that cannot be moved. */
export interface Finding {
  /** In UTF-16 units from the start of the file. */
  readonly offset: number;
  readonly words: string;
}

export interface Moved {
  readonly text: string;
  readonly findings: readonly Finding[];
}

/** What is left of the made-up place. */
export function mentions(text: string): Finding[] {
  return [...text.matchAll(MENTION)].map((match) => ({
    offset: match.index,
    words: `${match[0]} stands where it cannot be made relative`,
  }));
}
