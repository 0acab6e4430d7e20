/** Says where a link of the built site leads nowhere, or where a page would load something from elsewhere. */
import { posix } from 'node:path';
import { attribute, type Tag } from './markup.ts';
import type { Finding } from './marker.ts';

/** What of a page other pages and its own links need to know. */
export interface Page {
  readonly ids: ReadonlySet<string>;
  readonly links: readonly Link[];
}

interface Link {
  /** As the browser reads it. */
  readonly address: string;
  readonly offset: number;
  /** False where a reader has to follow it; what is loaded without being asked for must come from the site. */
  readonly loaded: boolean;
}

export function pageOf(tags: readonly Tag[]): Page {
  const ids = tags.flatMap((tag) => [attribute(tag, 'id'), tag.name === 'a' ? attribute(tag, 'name') : undefined]);
  return {
    ids: new Set(ids.filter((id) => id !== undefined).map(unescaped)),
    links: tags.flatMap((tag) =>
      tag.attributes.flatMap(({ name, value, offset }) => linksIn(tag, name, value, offset)),
    ),
  };
}

function linksIn(tag: Tag, name: string, value: string, offset: number): Link[] {
  const loaded = tag.name !== 'a' && tag.name !== 'area';
  if (['href', 'src', 'xlink:href', 'poster', 'data', 'action'].includes(name)) {
    return [{ address: unescaped(value).trim(), offset, loaded }];
  }
  if (name !== 'srcset') return [];
  return value.split(',').map((one) => ({ address: unescaped(one).trim().split(/\s/)[0] ?? '', offset, loaded }));
}

/** The character references that the HTML of an address or an id can have. */
function unescaped(text: string): string {
  const known: Readonly<Record<string, string>> = { amp: '&', quot: '"', lt: '<', gt: '>', '#39': "'", '#x27': "'" };
  return text.replaceAll(/&(#?\w+);/g, (whole, name: string) => known[name] ?? whole);
}

/** `pages` by the path of their file in the site; `files` are all files, pages included. */
export function deadLinks(path: string, pages: ReadonlyMap<string, Page>, files: ReadonlySet<string>): Finding[] {
  const judged = (pages.get(path)?.links ?? []).map(({ address, offset, loaded }) => {
    const words = complaint(address, loaded, path, pages, files);
    return words === undefined ? undefined : { offset, words: `${address}: ${words}` };
  });
  return judged.filter((finding) => finding !== undefined);
}

function complaint(
  address: string,
  loaded: boolean,
  path: string,
  pages: ReadonlyMap<string, Page>,
  files: ReadonlySet<string>,
): string | undefined {
  const scheme = /^([a-z][a-z\d+.-]*):/i.exec(address)?.[1]?.toLowerCase();
  if (scheme === 'data' && loaded) return undefined;
  if (scheme !== undefined) {
    if (loaded) return 'is loaded from outside the site';
    return ['https', 'http', 'mailto'].includes(scheme) ? undefined : `links with ${scheme}: are not allowed`;
  }
  if (address.startsWith('/')) return 'begins with a slash, so it depends on where the site is';
  const [, target = '', fragment = ''] = /^([^?#]*)(?:\?[^#]*)?(?:#(.*))?$/s.exec(address) ?? [];
  const file = target === '' ? path : fileAt(posix.join(posix.dirname(path), decodeURIComponent(target)));
  if (file.startsWith('../')) return 'leads out of the site';
  if (!files.has(file)) return files.has(`${file}/index.html`) ? 'lacks the slash at its end' : 'there is no such file';
  const known = fragment === '' || (pages.get(file)?.ids.has(decodeURIComponent(fragment)) ?? true);
  return known ? undefined : `${file} has no such anchor`;
}

function fileAt(path: string): string {
  return path.endsWith('/') ? `${path}index.html`.replace(/^\.\//, '') : path;
}
