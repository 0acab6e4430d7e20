/** A choice of `count` things spread evenly over all, the same every time. */
export function sample<T>(things: readonly T[], count: number): T[] {
  if (count >= things.length) return [...things];
  const chosen: T[] = [];
  for (let i = 0; i < count; i += 1) chosen.push(...things.slice(at(i), at(i) + 1));
  return chosen;

  function at(i: number): number {
    return Math.floor(((i + 0.5) * things.length) / count);
  }
}
