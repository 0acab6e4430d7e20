/** Test support: parts of a chapter that `npm run golden` writes. */

/** `page` with the generated part `name` replaced. */
export function withPart(page: string, name: string, text: string): string {
  const begin = `<!-- ${name}: written by \`npm run golden\` -->`;
  const end = `<!-- end of ${name} -->`;
  const [from, to] = [page.indexOf(begin), page.indexOf(end)];
  if (from < 0 || to < from) throw new Error(`the page has no place for ${name}`);
  return `${page.slice(0, from + begin.length)}\n\n${text}\n\n${page.slice(to)}`;
}
