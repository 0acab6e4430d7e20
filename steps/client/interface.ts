/** The INTERFACE object's calls, and probes that find out what a device accepts without making anything. */
import type { Call, Encoded, StructValue } from '../../spec/abi/abi.ts';
import { ATTRIBUTE_BYTES, FLAG_MANDATORY, HEADER_BYTES, requestOf } from '../../spec/abi/uapi/layout.ts';
import { requiredFor, tablesOf } from '../../spec/abi/uapi/tables.ts';
import { valueBytes } from '../../spec/abi/uapi/values.ts';
import { ERRNO } from '../../spec/errno.ts';
import type { Context } from './client.ts';
import type { Result } from './result.ts';
import { Refused } from './things.ts';

const DIRECTIONS = { in: 1, out: 2, inout: 3 } as const;
const LIST_MAXIMUM = 0xffff;

export const ask = {
  classes: (bytes: number): Call => call('query', {}, { class_count: 0, classes: bytes }),
  methods: (id: number, bytes: number): Call => call('query_class', { class: id }, { method_count: 0, methods: bytes }),
  records: (id: number, method: number, bytes: number): Call =>
    call('query_method', { class: id, method }, { attribute_count: 0, attributes: bytes }),
  /** The records the tables promise for a method. */
  expected(context: Context, id: number, method: number): StructValue[] {
    const { spec } = context.client.session;
    const tables = tablesOf(spec);
    const info = tables.classes.get(id);
    const found = info === undefined ? undefined : tables.methodsOf(info).get(method);
    const records = (found?.attributes ?? []).map(({ attribute, use }) => {
      const list = attribute.type.kind === 'list';
      const size = valueBytes(spec, attribute.type);
      return {
        id: attribute.id,
        direction: DIRECTIONS[use.direction],
        required: requiredFor(use, info?.variant) ? 1 : 0,
        minimum: list ? 0 : size,
        maximum: list ? LIST_MAXIMUM : size,
      };
    });
    return records.sort((a, b) => a.id - b.id);
  },
};

function call(
  method: string,
  attributes: Readonly<Record<string, number>>,
  room: Readonly<Record<string, number>>,
): Call {
  return { object: 'interface', method, on: 0, attributes, room };
}

/** Enough for every list of a conforming device; longer ones are refused with ENOSPC and seen. */
const ROOM = 2048;

async function asked(context: Context, what: Call, clause: string): Promise<Result> {
  const result = await context.call(what);
  if (result.reply === undefined) throw new Refused(clause, result);
  return result;
}

/** The list as far as it was filled: entries behind the last one are zero, and no list holds zero but as its first. */
function filled(list: readonly number[]): number[] {
  const last = list.findLastIndex((item) => item !== 0);
  return list.slice(0, last + 1);
}

export async function classesOf(context: Context): Promise<{ ids: number[]; count: number; result: Result }> {
  const result = await asked(context, ask.classes(ROOM), 'discovery-classes');
  const reply = result.reply?.attributes ?? {};
  return {
    ids: filled((reply['classes'] ?? []) as readonly number[]),
    count: Number(reply['class_count'] ?? 0),
    result,
  };
}

export async function methodsOf(
  context: Context,
  id: number,
): Promise<{ numbers: number[]; count: number; result: Result }> {
  const result = await asked(context, ask.methods(id, ROOM), 'discovery-methods');
  const reply = result.reply?.attributes ?? {};
  const list = (reply['methods'] ?? []) as readonly number[];
  const count = Number(reply['method_count'] ?? 0);
  return { numbers: list[0] === 0 && count > 0 ? [0, ...filled(list.slice(1))] : filled(list), count, result };
}

export async function recordsOf(
  context: Context,
  id: number,
  method: number,
): Promise<{ records: StructValue[]; count: number; result: Result }> {
  const result = await asked(context, ask.records(id, method, ROOM), 'discovery-attributes');
  const reply = result.reply?.attributes ?? {};
  const list = (reply['attributes'] ?? []) as readonly StructValue[];
  return { records: list.filter((record) => record['id'] !== 0), count: Number(reply['attribute_count'] ?? 0), result };
}

/** Every errno callers take for "not supported": whether it is the right one is the business of other clauses. */
const NOT_SUPPORTED: ReadonlySet<number> = new Set([
  ERRNO.ENOTTY,
  ERRNO.EOPNOTSUPP,
  ERRNO.EPROTONOSUPPORT,
  ERRNO.ENOSYS,
]);

/** Whether class and method exist: a message with a broken attribute frame is EINVAL where they do, before anything is done. */
export async function probeMethod(context: Context, id: number, method: number): Promise<boolean> {
  const bytes = header(id, HEADER_BYTES + ATTRIBUTE_BYTES);
  const result = await context.send(message(method, bytes));
  return !NOT_SUPPORTED.has(result.errno);
}

/** Whether a method knows an attribute: twice in one message it is a duplicate where it is known, before anything is done. */
export async function probeAttribute(
  context: Context,
  id: number,
  method: number,
  attribute: number,
): Promise<boolean> {
  const bytes = header(id, HEADER_BYTES + 2 * ATTRIBUTE_BYTES);
  const view = new DataView(bytes.buffer);
  for (const at of [HEADER_BYTES, HEADER_BYTES + ATTRIBUTE_BYTES]) {
    view.setUint16(at, ATTRIBUTE_BYTES, true);
    view.setUint16(at + 2, attribute, true);
    view.setUint16(at + 4, FLAG_MANDATORY, true);
  }
  const result = await context.send(message(method, bytes));
  return !NOT_SUPPORTED.has(result.errno);
}

function header(id: number, length: number): Uint8Array {
  const bytes = new Uint8Array(length);
  const view = new DataView(bytes.buffer);
  view.setUint16(0, length, true);
  view.setUint16(2, id, true);
  return bytes;
}

function message(method: number, bytes: Uint8Array): Encoded {
  return { request: requestOf(method), regions: [{ bytes }], patches: [] };
}
