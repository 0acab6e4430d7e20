import { describe, expect, it } from 'vitest';
import { compileSpec } from '../../compile.ts';
import { packageRoot } from '../../compile/files.ts';
import type { Spec } from '../../model.ts';
import type { Call, Encoded } from '../abi.ts';
import { uverbs } from './uverbs.ts';

const spec = compileSpec(packageRoot()).spec as Spec;
const abi = uverbs(spec);
const encoded = (call: Call): Encoded => abi.encode(abi.draft(call));

/** The region the attribute at `index` points to. */
function pointed(message: Encoded, index: number): Uint8Array {
  const patch = message.patches.find((candidate) => candidate.offset === 24 + 16 * index + 8);
  return message.regions[patch?.region ?? -1]?.bytes ?? new Uint8Array(0);
}

/** Plays the kernel: marks every output as written. */
function answer(message: Encoded): void {
  const bytes = message.regions[0]?.bytes ?? new Uint8Array(0);
  for (const patch of message.patches) {
    if (message.regions[patch.region]?.readOnly !== true) bytes[patch.offset - 4] = (bytes[patch.offset - 4] ?? 0) | 2;
  }
}

describe('replies', () => {
  it('carry what was asked for and written', () => {
    const call: Call = {
      object: 'qp',
      variant: 'RC',
      method: 'query',
      on: 3,
      attributes: {},
      room: { state: 0, cap: 0, access_flags: 0, qpn: 0 },
    };
    const message = encoded(call);
    const core = pointed(message, 1);
    core[108] = 3;
    core[100] = 6;
    core[64] = 8;
    expect(abi.reply(call, message)).toEqual({ handle: 3, attributes: {} });
    answer(message);
    expect(abi.reply(call, message)).toEqual({
      handle: 3,
      attributes: {
        state: 'RTS',
        access_flags: ['REMOTE_WRITE', 'REMOTE_READ'],
        cap: { max_send_wr: 8, max_recv_wr: 0, max_send_sge: 0, max_recv_sge: 0, max_inline_data: 0, reserved: 0 },
      },
    });
  });

  it('take the handle from the attribute or from the response', () => {
    const cq: Call = { object: 'cq', method: 'create', attributes: { cqe: 1, comp_vector: 0 } };
    const made = encoded(cq);
    made.regions[0]?.bytes.set([9], 32);
    made.regions[1]?.bytes.set([4]);
    answer(made);
    expect(abi.reply(cq, made)).toEqual({ handle: 9, attributes: { cqe: 4 } });
    const pd: Call = { object: 'pd', method: 'create', attributes: {} };
    const allocated = encoded(pd);
    pointed(allocated, 1).set([5]);
    answer(allocated);
    expect(abi.reply(pd, allocated)).toEqual({ handle: 5, attributes: {} });
  });

  it('name a path after what its bytes can mean when both names are asked for', () => {
    const call: Call = {
      object: 'qp',
      variant: 'RC',
      method: 'query',
      on: 0,
      attributes: {},
      room: { path_ib: 0, path_roce: 0 },
    };
    const named = (dlid: number, isGlobal: number): readonly string[] => {
      const message = encoded(call);
      pointed(message, 1).set([dlid], 20);
      pointed(message, 1).set([isGlobal], 30);
      answer(message);
      return Object.keys(abi.reply(call, message).attributes);
    };
    expect([named(0, 0), named(2, 0), named(2, 1), named(0, 1)]).toEqual([
      ['path_ib'],
      ['path_ib'],
      ['path_ib'],
      ['path_roce'],
    ]);
  });

  it('bring an alternate path back in one piece', () => {
    const path = { dlid: 3, port: 1, sl: 2, pkey_index: 5, timeout: 9 };
    const modify = encoded({ object: 'qp', variant: 'RC', method: 'modify', on: 0, attributes: { alt_path_ib: path } });
    const sent = pointed(modify, 0);
    expect([sent[94], sent[108], sent[109]]).toEqual([5, 1, 9]);
    const call: Call = {
      object: 'qp',
      variant: 'RC',
      method: 'query',
      on: 0,
      attributes: {},
      room: { alt_path_ib: 0 },
    };
    const message = encoded(call);
    const core = pointed(message, 1);
    core.set(sent.subarray(32, 64), 32);
    core.set([5], 106);
    core.set([1, 9], 120);
    answer(message);
    expect(abi.reply(call, message).attributes['alt_path_ib']).toMatchObject(path);
  });
});
