/** Objects whose create negotiates sizes of a receive queue: which limits of the device bound them. */
import type { Context } from './client.ts';
import { limitOf } from './limits.ts';

/** object -> attribute of create -> limit of the device. */
const BOUNDS: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  srq: { max_wr: 'max_srq_wr', max_sge: 'max_srq_sge' },
  wq: { max_wr: 'max_qp_wr', max_sge: 'max_sge' },
};

/** The size attributes of an object with their bounds, as far as this ABI reports those. */
export async function sizeBounds(context: Context, object: string): Promise<[string, number][]> {
  const bounds: [string, number][] = [];
  for (const [name, limit] of Object.entries(BOUNDS[object] ?? {})) {
    const bound = await limitOf(context, limit);
    if (bound > 0) bounds.push([name, bound]);
  }
  return bounds;
}
