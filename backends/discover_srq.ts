/** Whether shared receive queues can be resized: one is made and asked to be. */
import type { Call } from '../spec/abi/abi.ts';
import type { Prober } from './discover.ts';

const SIZE = { max_wr: 1, max_sge: 1 };
const LARGER = { max_wr: 2 };

/** `unsupported`: the names of errnos by which a driver says that it has no such thing. */
export async function resizes(prober: Prober, unsupported: ReadonlySet<string>): Promise<boolean> {
  const pd = await prober.call({ object: 'pd', method: 'create', attributes: {} });
  const made: Call = { object: 'srq', method: 'create', attributes: { pd: pd?.handle ?? 0, type: 'BASIC', ...SIZE } };
  const srq = await prober.call(made);
  if (srq === undefined) return false;
  const resized = await prober.errno({ object: 'srq', method: 'modify', on: srq.handle, attributes: LARGER });
  // Whatever another errno is: the right one is the business of a clause.
  return !unsupported.has(resized);
}
