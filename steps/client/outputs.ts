/** What a call answered, so that two can be compared. */
import type { Result } from './result.ts';

/** Outputs that differ from object to object. */
const INDIVIDUAL: ReadonlySet<string> = new Set([
  'qpn',
  'wq_num',
  'srq_num',
  'context_number',
  'lkey',
  'rkey',
  'handles',
  'areas',
]);

/** The outputs of a call in words, without those that differ from object to object. */
export function outputs(result: Result): string {
  if (result.reply === undefined) return result.answer;
  const entries = Object.entries(result.reply.attributes).filter(([name]) => !INDIVIDUAL.has(name));
  entries.sort(([a], [b]) => (a < b ? -1 : 1));
  return JSON.stringify(entries, (_, value: unknown) =>
    typeof value === 'bigint' ? `0x${value.toString(16)}` : value,
  );
}
