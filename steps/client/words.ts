/** Values in words, for the expected and got of checks. */
import type { Value } from '../../spec/abi/abi.ts';

export function words(value: Value | undefined): string {
  if (value === undefined) return 'nothing';
  if (typeof value !== 'object') return String(value);
  return JSON.stringify(value, (_, item: unknown) => (typeof item === 'bigint' ? `0x${item.toString(16)}` : item));
}
