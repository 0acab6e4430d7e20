/** One modify with something wrong in it, and what it left of the queue pair. */
import type { Value } from '../../spec/abi/abi.ts';
import type { Context } from './client.ts';
import { bringTo, changes, readAll, transitionCall } from './queue_pairs.ts';
import type { Result } from './result.ts';
import { make, transportOf, type Thing } from './things.ts';

type Values = Readonly<Record<string, Value>>;

/** `expected` and `got` tell whether the queue pair is as it was. */
export interface Attempt {
  readonly name: string;
  readonly result: Result;
  readonly expected: string;
  readonly got: string;
}

/** The legal transition `from`->`to` with some attributes replaced or added; what is left of the queue pair afterwards is observed. */
export async function attempt(
  context: Context,
  type: string,
  from: string,
  to: string,
  name: string,
  altered: Values,
  port = 1,
): Promise<Attempt> {
  const qp = await make(context, 'qp', type);
  await bringTo(qp, from, port);
  return changed(qp, from, to, name, altered, port);
}

export async function changed(
  qp: Thing,
  from: string,
  to: string,
  name: string,
  altered: Values,
  port = 1,
): Promise<Attempt> {
  const before = await readAll(qp);
  const sound = transitionCall(qp, from, to, await transportOf(qp.context, port), port);
  const result = await qp.context.call({ ...sound, attributes: { ...sound.attributes, ...altered } });
  const got = changes(before, await readAll(qp));
  return { name, result, expected: 'unchanged', got: got === '' ? 'unchanged' : got };
}
