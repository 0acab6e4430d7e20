/** Relocates a page: what points into the site becomes relative, what needs to know the host goes. */
import MagicString from 'magic-string';
import { attribute, tagsOf, type Tag } from './markup.ts';
import { BASE, HOST, mentions, type Moved } from './marker.ts';
import { policyMeta } from './policy.ts';
import { SLASH } from './prelude.ts';

/** Attributes a browser reads as an address, or as several, or as style. */
const ADDRESSES = new Set(['href', 'src', 'srcset', 'action', 'poster', 'data', 'xlink:href', 'style']);

/** `root` is the relative path from the page's folder to the root of the site, such as `../../`, or `./`. */
export function movePage(html: string, root: string): Moved {
  const page = new MagicString(html);
  const moved: { readonly start: number; readonly end: number }[] = [];
  const tags = tagsOf(html);
  for (const tag of tags) {
    if (namesHost(tag)) {
      const end = tag.name === 'script' ? html.indexOf('>', tag.end + tag.text.length) + 1 : tag.end;
      page.remove(tag.start, end);
      moved.push({ start: tag.start, end });
      continue;
    }
    for (const { name, value, offset } of tag.attributes) {
      if (!ADDRESSES.has(name) || !value.includes(BASE) || value.includes(HOST)) continue;
      page.overwrite(offset, offset + value.length, value.replaceAll(BASE, root));
      moved.push({ start: offset, end: offset + value.length });
    }
  }
  const findings = mentions(html).filter(
    ({ offset }) => !moved.some(({ start, end }) => start <= offset && offset < end),
  );
  const charset = tags.find((tag) => tag.name === 'meta' && attribute(tag, 'charset') !== undefined);
  if (charset === undefined) return { text: html, findings: [...findings, { offset: 0, words: 'no <meta charset>' }] };
  const scripts = tags.filter((tag) => tag.name === 'script' && attribute(tag, 'src') === undefined);
  const inline = scripts.filter((tag) => !namesHost(tag)).map(({ text }) => text);
  page.appendLeft(charset.end, `${policyMeta([SLASH, ...inline])}<script>${SLASH}</script>`);
  return { text: page.toString(), findings };
}

/** Tags for search engines, which say where a page is on the Internet: a folder that can be anywhere has none. */
function namesHost(tag: Tag): boolean {
  const value = (name: string): string => attribute(tag, name) ?? '';
  if (tag.name === 'link') return ['canonical', 'alternate'].includes(value('rel')) && value('href').startsWith(HOST);
  if (tag.name === 'meta') return value('content').startsWith(HOST);
  return tag.name === 'script' && value('type') === 'application/ld+json' && tag.text.includes(HOST);
}
