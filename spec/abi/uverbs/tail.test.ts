import { describe, expect, it } from 'vitest';
import { projectSpec } from '../../project_spec.ts';
import { tablesOf } from './read_tables.ts';
import { readTail, writeTail } from './tail.ts';
import type { TailPiece } from './tables.ts';

const spec = projectSpec();

function tailOf(command: string): readonly TailPiece[] {
  return tablesOf(spec).commands.find(({ name }) => name === command)?.tail ?? [];
}

describe('a list of handles', () => {
  const pieces = tailOf('create_rwq_ind_tbl');
  const tail = (wqs: number[]) => writeTail(spec, 'rwq_ind_tbl', pieces, (name) => (name === 'wqs' ? wqs : undefined));

  it('says the logarithm of its length and is padded to whole words', () => {
    expect(tail([7]).words.get('@tail_log')).toBe(0);
    expect([...tail([7]).bytes]).toEqual([7, 0, 0, 0, 0, 0, 0, 0]);
    expect(tail([1, 2, 3, 4]).words.get('@tail_log')).toBe(2);
  });

  it('cannot be of a length that is no power of two', () => {
    expect(() => tail([1, 2, 3])).toThrow('cannot say 3 entries');
    expect(() => tail([])).toThrow('cannot say 0 entries');
  });

  it('reads back as written, as long as it is all there', () => {
    const { bytes } = tail([5, 6]);
    const fixed = new Map([['@tail_log', 1]]);
    expect(readTail(spec, 'rwq_ind_tbl', pieces, fixed, bytes)).toEqual({
      carried: new Map([['wqs', [5, 6]]]),
      bytes: 8,
      sound: true,
    });
    expect(readTail(spec, 'rwq_ind_tbl', pieces, fixed, bytes.subarray(0, 4)).sound).toBe(false);
  });
});

describe('pieces that say their type', () => {
  const pieces = tailOf('create_flow');
  const eth = {
    dst_mac: 0x0002c9a1b2c3n,
    dst_mac_mask: 0xffffffffffffn,
    src_mac: 0n,
    src_mac_mask: 0n,
    ether_type: 0x0800,
    ether_type_mask: 0xffff,
    vlan_tag: 0,
    vlan_tag_mask: 0,
  };
  const values: Readonly<Record<string, typeof eth | number>> = { eth, counters: 9 };
  const { bytes, words } = writeTail(spec, 'flow', pieces, (name) => values[name]);
  const fixed = new Map(words);

  it('stand one after the other, each where it is given', () => {
    expect(Object.fromEntries(words)).toMatchObject({ '@tail_count': 2, '@tail_bytes': 56 });
    expect([...bytes.subarray(0, 8)]).toEqual([0x20, 0, 0, 0, 40, 0, 0, 0]);
    expect([...bytes.subarray(8, 14)]).toEqual([0, 2, 0xc9, 0xa1, 0xb2, 0xc3]);
    expect([...bytes.subarray(40, 52)]).toEqual([3, 0x10, 0, 0, 16, 0, 0, 0, 9, 0, 0, 0]);
  });

  it('read back as written', () => {
    const read = readTail(spec, 'flow', pieces, fixed, bytes);
    expect(read).toMatchObject({ bytes: 56, sound: true });
    expect(read.carried.get('eth')).toEqual(eth);
    expect(read.carried.get('counters')).toBe(9);
  });

  it.each([
    ['of a type nobody knows', (copy: Uint8Array) => (copy[0] = 0x7f), fixed],
    ['fewer than their count', () => 0, new Map([...fixed, ['@tail_count', 3] as const])],
    ['of another length than said', () => 0, new Map([...fixed, ['@tail_bytes', 40] as const])],
  ])('are not sound when %s', (_words, spoil, said) => {
    const copy = bytes.slice();
    spoil(copy);
    expect(readTail(spec, 'flow', pieces, said, copy).sound).toBe(false);
  });
});
