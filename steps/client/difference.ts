/** Two readings of one object compared. */
import type { Value } from '../../spec/abi/abi.ts';
import { words } from './words.ts';

type ReadValues = Readonly<Record<string, Value>>;

/** What differs between two readings, in words; empty where nothing does. */
export function difference(before: ReadValues, after: ReadValues): string {
  const changed: string[] = [];
  for (const name of Object.keys(before)) {
    if (before[name] === after[name]) continue;
    const [one, two] = [words(before[name]), words(after[name])];
    if (one !== two) changed.push(`${name} ${one} became ${two}`);
  }
  return changed.join(', ');
}
