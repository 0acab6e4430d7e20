/** Work requests that a provider must refuse, by the words scenarios have for them, each after those it must take. */
import type { StructValue, Value } from '../../spec/abi/abi.ts';
import { piece } from './buffers.ts';
import { pair, type Altered, type Pair } from './pairs.ts';
import type { Context } from './client.ts';
import type { Result } from './result.ts';
import { Refused, make, on, type Thing } from './things.ts';
import { MESSAGE, receive, send, sendOf } from './work.ts';

export interface Posted {
  readonly name: string;
  readonly result: Result;
}

type Post = (context: Context, type: string) => Promise<readonly Posted[]>;

/** Operations that no queue pair of a type has. Source: IBTA, operations by service type. */
const FOREIGN: Readonly<Record<string, readonly string[]>> = {
  RC: ['TSO'],
  UC: ['RDMA_READ', 'ATOMIC_CMP_AND_SWP', 'ATOMIC_FETCH_AND_ADD'],
  UD: ['RDMA_WRITE', 'RDMA_WRITE_WITH_IMM', 'RDMA_READ', 'ATOMIC_CMP_AND_SWP', 'ATOMIC_FETCH_AND_ADD'],
  DRIVER: ['ATOMIC_CMP_AND_SWP', 'ATOMIC_FETCH_AND_ADD', 'TSO'],
};
/** Nothing is received in the meantime, so what is sent stays outstanding. */
const WAITING: Altered = { values: { rnr_retry: 7 } };

function granted(qp: Thing, field: string): number {
  return Number((qp.created.reply?.attributes['cap'] as StructValue | undefined)?.[field] ?? 0);
}

/** Posts until one too many: the results of all but the last must be successes. */
async function oneTooMany(room: number, post: (number: number) => Promise<Result>): Promise<Posted[]> {
  for (let number = 1; number <= room; number += 1) {
    const result = await post(number);
    if (result.errno !== 0) throw new Refused('post-accepts', result);
  }
  return [{ name: `${String(room)} are outstanding`, result: await post(room + 1) }];
}

async function postSend({ way }: Pair, name: string, altered: Readonly<Record<string, Value>>): Promise<Posted> {
  const attributes = { ...sendOf(way, 1, [piece(way.mr, 0, MESSAGE)]), ...altered };
  return { name, result: await way.from.context.call(on(way.from, 'post_send', attributes)) };
}

const many = (mr: Thing, count: number): StructValue[] => Array.from({ length: count }, () => piece(mr, 0, 8));

const CASES: Readonly<Record<string, Post>> = {
  'one receive too many': async (context, type) => {
    const { way } = await pair(context, type, ['INIT', 'INIT']);
    return oneTooMany(granted(way.from, 'max_recv_wr'), (number) => receive(way.from, 1 + (number % 8), way.mr));
  },
  'one send too many': async (context, type) => {
    const { way } = await pair(context, type, ['RTS', 'RTS'], WAITING);
    return oneTooMany(granted(way.from, 'max_send_wr'), (number) => send(way, 1 + (number % 8)));
  },
  'more pieces than were granted': async (context, type) => {
    const made = await pair(context, type, ['RTS', 'RTS']);
    const { from, mr } = made.way;
    const [sends, receives] = [granted(from, 'max_send_sge') + 1, granted(from, 'max_recv_sge') + 1];
    return [
      await postSend(made, `send of ${String(sends)}`, { sg_list: many(mr, sends) }),
      { name: `receive of ${String(receives)}`, result: await receive(from, 1, mr, 8, many(mr, receives)) },
    ];
  },
  'more inline data than were granted': async (context, type) => {
    const made = await pair(context, type, ['RTS', 'RTS']);
    const size = granted(made.way.from, 'max_inline_data') + 1;
    const inline = { send_flags: ['SIGNALED', 'INLINE'], sg_list: [piece(made.way.mr, 0, size)] };
    return [await postSend(made, `${String(size)} bytes`, inline)];
  },
  'an operation its type does not have': async (context, type) => {
    const made = await pair(context, type, ['RTS', 'RTS']);
    const tried: Posted[] = [];
    for (const opcode of FOREIGN[type] ?? []) tried.push(await postSend(made, opcode, { opcode }));
    return tried;
  },
  'a receive beside the shared receive queue': async (context, type) => {
    const srq = await make(context, 'srq');
    const { back } = await pair(context, type, ['RTS', 'RTS'], { srq });
    return [{ name: 'receive', result: await receive(back.from, 1, back.mr, 0, []) }];
  },
};

export function posted(words: string, context: Context, type: string): Promise<readonly Posted[]> {
  const post = CASES[words];
  if (post === undefined)
    throw new RangeError(`nothing to post is called ${words}; there are ${Object.keys(CASES).join('; ')}`);
  return post(context, type);
}
