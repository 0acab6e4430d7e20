/** What functions of libibverbs that change or end something leave behind, as the next call sees it. */
import type { LibraryFunction } from '../../spec/model.ts';
import type { Context } from './client.ts';
import { fileOf } from './events.ts';
import { callsOf, type Made } from './libibverbs.ts';
import type { Result } from './result.ts';
import { make } from './things.ts';
import { words } from './words.ts';

/** What was seen, beside what must be. */
export interface Seen {
  readonly expected: string;
  readonly got: string;
  readonly result?: Result | undefined;
}

/** `gone`: which errno says so is the business of other clauses. */
const GONE = 'gone';
/** By what a query tells that an object was modified. */
const TELLING: Readonly<Record<string, string>> = { srq: 'srq_limit', qp: 'state' };

/** Looks at what a call left, by its method. */
const LOOKS: Readonly<Record<string, (made: Required<Made>) => Promise<Seen>>> = {
  destroy: async ({ context, call }) => gone(await context.call(call)),
  detach_mcast: async ({ context, call }) => gone(await context.call(call)),
  attach_mcast: async ({ context, call }) => {
    const result = await context.call({ ...call, method: 'detach_mcast' });
    return { expected: 'a member', got: result.errno === 0 ? 'a member' : 'none', result };
  },
  modify: async ({ context, call }) => {
    const { object, variant, on, attributes } = call;
    const name = TELLING[object] ?? '';
    const result = await context.call({ object, variant, on, method: 'query', attributes: {}, room: { [name]: 0 } });
    const got = result.reply?.attributes[name];
    return { expected: words(attributes[name]), got: got === undefined ? 'nothing' : words(got), result };
  },
};

/** Ends a descriptor, and tries it again. */
const CLOSES: Readonly<Record<string, (context: Context) => Promise<Seen>>> = {
  'close device': async ({ client }) => {
    const context = await client.open();
    const channel = await make(context, 'async_event');
    await context.close();
    await fileOf(channel).close();
    return gone(await context.call({ object: 'pd', method: 'create', attributes: {} }));
  },
  'close comp_channel': async (context) => {
    const channel = await make(context, 'comp_channel');
    await fileOf(channel).close();
    const again = await fileOf(channel).close();
    return { expected: GONE, got: again.ok ? 'still there' : GONE };
  },
};

function gone(result: Result): Seen {
  return { expected: GONE, got: result.errno === 0 ? 'still there' : GONE, result };
}

/** Makes the calls of a function and looks at what they left. */
export async function effectOf(context: Context, fn: LibraryFunction): Promise<Seen> {
  const [first = ''] = fn.calls.uapi;
  const close = CLOSES[first];
  if (close !== undefined) return close(context);
  const last = (await callsOf(context, fn)).at(-1);
  const look = LOOKS[last?.call?.method ?? ''];
  if (last?.call === undefined || last.result === undefined || look === undefined)
    throw new RangeError(`nobody knows what ${fn.function} leaves`);
  const { result } = last;
  if (result.errno !== 0) return { expected: 'success', got: result.answer, result };
  return look({ ...last, call: last.call, result });
}
