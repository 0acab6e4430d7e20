/** Two readings of one object compared. */
import type { Value } from '../../spec/abi/abi.ts';
import type { ReadValues } from './queue_pairs.ts';

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

function words(value: Value | undefined): string {
  if (typeof value !== 'object') return String(value);
  return JSON.stringify(value, (_, item: unknown) => (typeof item === 'bigint' ? `0x${item.toString(16)}` : item));
}
