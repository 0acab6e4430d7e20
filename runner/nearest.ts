/** "Did you mean": the known names closest to one that is not known. */

/** Up to `count` names, closest first: those that contain the word, then those few edits away. */
export function nearest(word: string, names: Iterable<string>, count = 3): string[] {
  const limit = Math.max(2, Math.ceil(word.length / 3));
  const scored: { readonly name: string; readonly score: number }[] = [];
  for (const name of names) {
    const score = name.includes(word) ? 0 : distance(word, name, limit);
    if (score <= limit) scored.push({ name, score });
  }
  return scored
    .sort((a, b) => a.score - b.score || a.name.length - b.name.length || (a.name < b.name ? -1 : 1))
    .slice(0, count)
    .map(({ name }) => name);
}

/** ` Did you mean a, b?`, or a list of everything where it is short, or nothing. */
export function hint(word: string, names: readonly string[]): string {
  const close = nearest(word, names);
  if (close.length > 0) return `; did you mean ${close.join(' or ')}?`;
  return names.length <= 12 ? `; there are: ${names.join(', ')}` : '';
}

/** Edit distance by rows, given up beyond `limit`. */
function distance(a: string, b: string, limit: number): number {
  if (Math.abs(a.length - b.length) > limit) return limit + 1;
  let row = Array.from({ length: b.length + 1 }, (_, column) => column);
  for (let i = 1; i <= a.length; i += 1) {
    const next = [i];
    for (let j = 1; j <= b.length; j += 1) {
      const substituted = (row[j - 1] ?? 0) + (a[i - 1] === b[j - 1] ? 0 : 1);
      next.push(Math.min((row[j] ?? 0) + 1, (next[j - 1] ?? 0) + 1, substituted));
    }
    row = next;
  }
  return row[b.length] ?? limit + 1;
}
