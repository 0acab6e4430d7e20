/** Which pieces of memory a work request reaches, and where their bytes are. */
import { describe, expect, it } from 'vitest';
import { Instance } from '../core/instance.ts';
import { BarePair } from './bare_pair.ts';
import { read, write } from './memory.ts';
import type { Piece } from './work.ts';

const pair = new BarePair('RC');
const { device } = pair.bare;
const { pd } = pair;
const REFUSED = pair.number('wc_status', 'LOC_PROT_ERR');
const END = Number(pair.region.length);

const reach = (piece: Piece, writes = false, domain: Instance | undefined = pd): number =>
  pair.work.reach({ device, pd: domain, piece, writes });

describe('a region', () => {
  it('is reached from its first byte to its last and no further', () => {
    for (const writes of [false, true]) {
      expect(reach(pair.piece(0, END), writes)).toBe(0);
      expect(reach(pair.piece(END - 1, 1), writes)).toBe(0);
      expect(reach(pair.piece(END, 0), writes)).toBe(0);
      expect(reach(pair.piece(END, 1), writes)).toBe(REFUSED);
      expect(reach(pair.piece(-1, 1), writes)).toBe(REFUSED);
      expect(reach(pair.piece(1, END), writes)).toBe(REFUSED);
    }
  });

  it('is reached by its key and from its protection domain alone', () => {
    const other = new Instance(pair.context, 'pd', undefined, [], undefined);
    for (const writes of [false, true]) {
      expect(reach({ ...pair.piece(0, 1), lkey: 0 }, writes)).toBe(REFUSED);
      expect(reach(pair.piece(0, 1), writes, other)).toBe(REFUSED);
    }
  });

  it('without LOCAL_WRITE is read and not written', () => {
    pair.region.access = 0;
    expect([reach(pair.piece(0, 1)), reach(pair.piece(0, 1), true)]).toEqual([0, REFUSED]);
    pair.region.access = 1;
  });

  it('has its bytes where its iova says', () => {
    const { iova, start } = pair.region;
    pair.region.iova = 0x1000n;
    const piece = { ...pair.piece(0, 3), addr: 0x1000n + 5n };
    expect(reach(piece, true)).toBe(0);
    expect(write(device, piece, Uint8Array.of(1, 2, 3))).toBe(true);
    expect(pair.memory.load(start + 5n, 3)).toEqual(Uint8Array.of(1, 2, 3));
    expect(read(device, piece)).toEqual(Uint8Array.of(1, 2, 3));
    expect(reach({ ...piece, addr: start })).toBe(REFUSED);
    pair.region.iova = iova;
  });

  it('over what is not mapped any more gives nothing and takes nothing', () => {
    pair.memory.unmap(pair.start);
    expect(read(device, pair.piece(0, 1))).toBeUndefined();
    expect(write(device, pair.piece(0, 1), Uint8Array.of(1))).toBe(false);
  });
});
