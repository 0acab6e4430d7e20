/** Where the bytes of a message come to lie, and what their completion says. */
import { describe, expect, it } from 'vitest';
import { BarePair } from './bare_pair.ts';

const AREA = 40;
const AT = 1024;
const CONTENT = Uint8Array.from({ length: 8 }, (_, index) => index + 1);

function filled(type: string): BarePair {
  const pair = new BarePair(type);
  pair.memory.store(pair.start, CONTENT);
  return pair;
}

const bytes = (pair: BarePair, offset: number, length: number): number[] => [
  ...(pair.memory.load(pair.start + BigInt(offset), length) ?? []),
];
const completion = (pair: BarePair) => pair.receiver.state.parts.recvCq?.state.completions[0]?.record ?? {};

describe('a message', () => {
  it('fills the pieces of its receive one after the other, the last as far as it goes', () => {
    const pair = filled('RC');
    pair.receive(1, [pair.piece(AT, 3), pair.piece(AT + 100, 2), pair.piece(AT + 200, 9)]);
    pair.send(1, [pair.piece(0, 5), pair.piece(5, 3)]);
    expect(bytes(pair, AT, 4)).toEqual([1, 2, 3, 0]);
    expect(bytes(pair, AT + 100, 3)).toEqual([4, 5, 0]);
    expect(bytes(pair, AT + 200, 4)).toEqual([6, 7, 8, 0]);
    expect(completion(pair)['byte_len']).toBe(8);
  });

  it('fits exactly or not at all, and a reliable sender is told', () => {
    const pair = filled('RC');
    pair.receive(1, [pair.piece(AT, 8)]);
    pair.receive(2, [pair.piece(AT + 100, 7)]);
    pair.send(1);
    pair.send(2);
    expect(pair.reported('receives')).toEqual(['1 SUCCESS', '2 LOC_LEN_ERR']);
    expect(pair.reported('sends')).toEqual(['1 SUCCESS', '2 REM_INV_REQ_ERR']);
    expect(bytes(pair, AT + 100, 7)).toEqual([0, 0, 0, 0, 0, 0, 0]);
    const ERR = pair.number('qp_state', 'ERR');
    expect([pair.sender.state.state, pair.receiver.state.state]).toEqual([ERR, ERR]);
  });
});

describe('a datagram', () => {
  it('lies behind 40 bytes that count', () => {
    const pair = filled('UD');
    pair.receive(1, [pair.piece(AT, AREA + 8)]);
    pair.send(1);
    expect(bytes(pair, AT + AREA, 9)).toEqual([...CONTENT, 0]);
    expect(completion(pair)).toMatchObject({ byte_len: AREA + 8, src_qp: pair.sender.state.qpn });
  });

  it('has a header there where its path is global, and says so', () => {
    const pair = filled('UD');
    const GRH = pair.bare.spec.flags['wc_flags']?.['GRH'] ?? 0;
    pair.receive(1, [pair.piece(AT, 128)]);
    pair.send(1, undefined, { destination: pair.destination({ is_global: 1, hop_limit: 9, dgid_low: 7n }) });
    expect(bytes(pair, AT, 8)).toEqual([0x60, 0, 0, 0, 0, 8, 0x1b, 9]);
    expect(bytes(pair, AT + 32, 8)).toEqual([0, 0, 0, 0, 0, 0, 0, 7]);
    expect(Number(completion(pair)['wc_flags']) & GRH).toBe(GRH);
  });

  it('has none where its path is local', () => {
    const pair = filled('UD');
    pair.receive(1, [pair.piece(AT, 128)]);
    pair.send(1, undefined, { destination: pair.destination({ is_global: 0 }) });
    expect(bytes(pair, AT, AREA).every((byte) => byte === 0)).toBe(true);
    expect(completion(pair)['wc_flags']).toBe(0);
  });

  it('needs room for the 40 bytes too, and its sender is not told', () => {
    const pair = filled('UD');
    pair.receive(1, [pair.piece(AT, AREA + 7)]);
    pair.send(1);
    expect(pair.reported('receives')).toEqual(['1 LOC_LEN_ERR']);
    expect(pair.reported('sends')).toEqual(['1 SUCCESS']);
  });

  it('of SRD has no such area', () => {
    const pair = filled('DRIVER');
    pair.receive(1, [pair.piece(AT, 8)]);
    pair.send(1);
    pair.ticks(8);
    expect(bytes(pair, AT, 8)).toEqual([...CONTENT]);
    expect(completion(pair)['byte_len']).toBe(8);
  });
});
