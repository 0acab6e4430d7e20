/** Ways to send a message and to post a receive, by the words scenarios have for them. */
import type { StructValue } from '../../spec/abi/abi.ts';
import { REGION_BYTES, piece, region } from './buffers.ts';
import { portMtu } from './limits.ts';
import { handleTo } from './pairs.ts';
import { Refused, make, on, type Thing } from './things.ts';
import { MESSAGE, RECEIVES_AT, type Values, type Way } from './work.ts';

/** What is altered in the posting of a sound message. */
export interface MessageCase {
  readonly name: string;
  readonly length?: number;
  readonly values?: Values;
}

type Make<Case> = (way: Way) => Promise<readonly Case[]> | readonly Case[];

/** The scatter/gather list of a receive, or of a send. */
export interface ListCase {
  readonly name: string;
  readonly list: readonly StructValue[];
  /** What of it must not be reached; all of it where this is not told. */
  readonly closed?: readonly StructValue[];
}

const IMMEDIATE = 0x01020304;
const SHORT = 24;
const one = (name: string, values: Values, length?: number): Make<MessageCase> => {
  const made = length === undefined ? { name, values } : { name, values, length };
  return () => [made];
};

/** A region that was deregistered: its key names nothing any more. */
async function gone(context: Thing['context'], pd: Thing, size: number): Promise<StructValue> {
  const mr = await region(context, pd);
  const entry = piece(mr, 0, size);
  const result = await context.call(on(mr, 'destroy'));
  if (result.errno !== 0) throw new Refused('mr-destroy', result);
  return entry;
}

const lists: Readonly<Record<string, (way: Way, at: Thing, size: number) => Promise<readonly ListCase[]>>> = {
  'a key that names nothing': async ({ mr }, at, size) => {
    const entry = piece(mr, 0, size);
    return [
      { name: 'no key', list: [{ ...entry, lkey: 0xfffffff0 }] },
      { name: 'deregistered', list: [await gone(at.context, at.parts['pd'] as Thing, size)] },
    ];
  },
  'memory of another protection domain': async (_way, at, size) => {
    const foreign = await region(at.context, await make(at.context, 'pd'));
    return [{ name: 'other domain', list: [piece(foreign, 0, size)] }];
  },
  'memory outside of the region': ({ mr }, _at, size) => {
    const beyond = piece(mr, REGION_BYTES, size);
    return Promise.resolve([
      { name: 'before it', list: [piece(mr, -1, size)], closed: [piece(mr, -1, 1)] },
      {
        name: 'beyond its end',
        list: [piece(mr, REGION_BYTES - 16, size)],
        closed: [piece(mr, REGION_BYTES, size - 16)],
      },
      { name: 'in the second piece', list: [piece(mr, 0, 8), beyond], closed: [beyond] },
    ]);
  },
  'memory that must not be written': async (_way, at, size) => {
    const constant = await region(at.context, at.parts['pd'] as Thing, []);
    return [{ name: 'no LOCAL_WRITE', list: [piece(constant, RECEIVES_AT, size)] }];
  },
};

/** Scatter/gather lists of `size` bytes or a little more, for work posted to `at`; `way` has the memory of that side. */
export function listsOf(words: string, way: Way, at: Thing, size: number): Promise<readonly ListCase[]> {
  const made = lists[words];
  if (made === undefined)
    throw new RangeError(`no lists are called ${words}; there are ${Object.keys(lists).join('; ')}`);
  return made(way, at, size);
}

const messages: Readonly<Record<string, Make<MessageCase>>> = {
  'immediate data': one('immediate', { opcode: 'SEND_WITH_IMM', imm_data: IMMEDIATE }),
  'no request for a report': one('unsignaled', { send_flags: [] }),
  'inline data': ({ mr }) => [
    {
      name: 'inline without a key',
      length: SHORT,
      values: { send_flags: ['SIGNALED', 'INLINE'], sg_list: [{ ...piece(mr, 0, SHORT), lkey: 0 }] },
    },
  ],
  'no data': one('empty', { sg_list: [] }, 0),
  'data in two pieces': ({ mr }) => [
    { name: 'two pieces', length: MESSAGE, values: { sg_list: [piece(mr, 0, 10), piece(mr, 10, MESSAGE - 10)] } },
  ],
  'a key that names nothing': ({ mr }) => [
    { name: 'no key', values: { sg_list: [{ ...piece(mr, 0, MESSAGE), lkey: 0xfffffff0 }] } },
  ],
  'a solicited event': one('solicited', { send_flags: ['SIGNALED', 'SOLICITED'] }),
  'another queue key': one('qkey', { remote_qkey: 0x2222 }),
  'the number of no queue pair': one('qpn', { remote_qpn: 0xfffff0 }),
  'a path with a GRH': async ({ from }) => [
    { name: 'GRH', values: { ah: (await handleTo(from.context, from.parts['pd'] as Thing, true)).handle } },
  ],
  'an address handle of another protection domain': async ({ from }) => [
    { name: 'other domain', values: { ah: (await handleTo(from.context, await make(from.context, 'pd'))).handle } },
  ],
  'as many bytes as the path carries': async ({ from, mr }) => {
    const mtu = await portMtu(from.context);
    return [{ name: `${String(mtu)} bytes`, values: { sg_list: [piece(mr, 0, mtu)] } }];
  },
  'one byte more than the path carries': async ({ from, mr }) => {
    const mtu = await portMtu(from.context);
    return [{ name: `${String(mtu + 1)} bytes`, values: { sg_list: [piece(mr, 0, mtu + 1)] } }];
  },
};

export function messagesOf(words: string, way: Way): Promise<readonly MessageCase[]> {
  const made = messages[words];
  if (made === undefined)
    throw new RangeError(`no messages are called ${words}; there are ${Object.keys(messages).join('; ')}`);
  return Promise.resolve(made(way));
}
