/** Whether a device that changes memory regions gives them another range too, tried on one that is there. */
import type { Value } from '../spec/abi/abi.ts';
import type { Prober } from './discover.ts';

/** Bytes: the smallest page there is. */
const PAGE = 0x1000;

/** `unsupported`: the names of errnos by which a driver says that it has no such thing. */
export async function changesRanges(prober: Prober, unsupported: ReadonlySet<string>): Promise<boolean> {
  const memory = await prober.process.map(-1, PAGE);
  const pd = await prober.call({ object: 'pd', method: 'create', attributes: {} });
  if (!memory.ok || pd === undefined) return false;
  const range: Readonly<Record<string, Value>> = { start: memory.value, length: BigInt(PAGE) };
  const attributes = { ...range, pd: pd.handle, iova: memory.value };
  const mr = await prober.call({ object: 'mr', method: 'create', attributes });
  if (mr === undefined) return false;
  const moved = await prober.errno({ object: 'mr', method: 'modify', on: mr.handle, attributes: range });
  // Whatever another errno is: the right one is the business of the clauses.
  return !unsupported.has(moved);
}
