import { describe, expect, it } from 'vitest';
import { projectSpec } from '../../project_spec.ts';
import type { Encoded, Value } from '../abi.ts';
import { readLayout } from './layouts.ts';
import { tablesOf } from './read_tables.ts';
import type { Command } from './tables.ts';
import { uverbs } from './uverbs.ts';
import { readWork, writeWork } from './work.ts';

const spec = projectSpec();
const abi = uverbs(spec);
const command = (name: string): Command => tablesOf(spec).commands.find((one) => one.name === name) as Command;

const PIECES = [
  { addr: 0x1000n, length: 8, lkey: 5 },
  { addr: 0x2000n, length: 16, lkey: 6 },
];
const SEND: Readonly<Record<string, Value>> = {
  wr_id: 0x0102n,
  opcode: 'SEND_WITH_IMM',
  send_flags: ['SIGNALED'],
  imm_data: 0x0a0b0c0d,
  ah: 9,
  remote_qpn: 17,
  remote_qkey: 3,
  sg_list: PIECES,
};

describe('a work request', () => {
  const work = command('post_send').work;
  if (work === undefined) throw new Error('post_send has no work request');
  const { bytes, words } = writeWork(spec, 'qp', work, (name) => SEND[name]);

  it('is followed by its pieces, and the request says how many', () => {
    expect(Object.fromEntries(words)).toEqual({
      '@work_count': 1,
      '@work_bytes': 56,
      '@piece_count': 2,
      '@work_pieces': 2,
    });
    expect(bytes.length).toBe(56 + 2 * 16);
    expect([...bytes.subarray(0, 40)]).toEqual([
      ...[2, 1, 0, 0, 0, 0, 0, 0],
      ...[2, 0, 0, 0, 3, 0, 0, 0, 2, 0, 0, 0],
      ...[0x0a, 0x0b, 0x0c, 0x0d],
      ...[9, 0, 0, 0, 17, 0, 0, 0, 3, 0, 0, 0, 0, 0, 0, 0],
    ]);
    expect([...bytes.subarray(72)]).toEqual([0, 0x20, 0, 0, 0, 0, 0, 0, 16, 0, 0, 0, 6, 0, 0, 0]);
  });

  it('reads back as written', () => {
    const read = readWork(spec, 'qp', work, words, bytes);
    expect(read).toMatchObject({ bytes: bytes.length, sound: true });
    expect(Object.fromEntries(read.carried)).toMatchObject({ ...SEND, opcode: 3, send_flags: 2 });
  });

  it('is not sound where less is there than said', () => {
    expect(readWork(spec, 'qp', work, words, bytes.subarray(0, 80)).sound).toBe(false);
    const huge = new Map([...words, ['@work_count', 0xffffffff] as const]);
    expect(readWork(spec, 'qp', work, huge, bytes).sound).toBe(false);
  });

  it('carries nothing where there is none, or too little of it', () => {
    for (const word of ['@work_count', '@work_bytes'])
      expect(readWork(spec, 'qp', work, new Map([...words, [word, 0] as const]), bytes).carried.size).toBe(0);
  });
});

describe('an answer of records', () => {
  const call = { object: 'cq', method: 'poll', on: 4, attributes: {}, room: { completions: 3 * 48 + 47, count: 0 } };
  const message = abi.encode(abi.draft(call));

  it('is asked for by the room there is', () => {
    const request = regionOf(message, 0);
    expect(Object.fromEntries(readLayout(spec, 'cq', command('poll_cq').request, request))).toEqual({
      '@handle': 4,
      '@answer_count': 3,
    });
    expect(regionOf(message, 1).length).toBe(8 + 3 * 48);
  });

  it('reads as many as were written', () => {
    const answer = regionOf(message, 1);
    answer[0] = 1;
    answer[8] = 7;
    answer[8 + 28] = 0x11;
    const written = message.regions[0]?.bytes ?? new Uint8Array();
    for (const patch of message.patches) written[patch.offset - 4] = (written[patch.offset - 4] ?? 0) | 2;
    const { attributes } = abi.reply(call, message);
    expect(attributes).toMatchObject({ count: 1, completions: [{ wr_id: 7n, qp_num: 0x11, status: 0 }] });
    expect(attributes['completions']).toHaveLength(1);
  });
});

/** What attribute `index` points to. */
function regionOf(message: Encoded, index: number): Uint8Array {
  const patch = message.patches.find((candidate) => candidate.offset === 24 + 16 * index + 8);
  return message.regions[patch?.region ?? -1]?.bytes.subarray(patch?.target ?? 0) ?? new Uint8Array();
}
