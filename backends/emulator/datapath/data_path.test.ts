/** Sends over time: what waits and how long, what overtakes, and what is given back in which order. */
import { describe, expect, it } from 'vitest';
import { BarePair, LKEY } from './bare_pair.ts';

const EIGHT = [1, 2, 3, 4, 5, 6, 7, 8];
const LONG = 1000;

describe('a send without a receive', () => {
  function waiting(retries: number): BarePair {
    const pair = new BarePair('RC');
    pair.set(pair.sender, 'rnr_retry', retries);
    pair.send(1);
    return pair;
  }

  it('fails after as many calls as it has retries', () => {
    for (const retries of [0, 3, 6]) {
      const pair = waiting(retries);
      pair.ticks(retries);
      expect(pair.reported('sends')).toEqual([]);
      pair.ticks(1);
      expect(pair.reported('sends')).toEqual(['1 RNR_RETRY_EXC_ERR']);
      expect(pair.sender.state.state).toBe(pair.number('qp_state', 'ERR'));
    }
  });

  it('arrives when there is one in time, and is over then', () => {
    const pair = waiting(3);
    pair.ticks(3);
    pair.receive(1);
    expect(pair.reported('sends')).toEqual(['1 SUCCESS']);
    pair.ticks(LONG);
    expect(pair.reported('sends')).toEqual([]);
    expect(pair.sender.state.state).toBe(pair.number('qp_state', 'RTS'));
  });

  it('waits for ever with 7 retries', () => {
    const pair = waiting(7);
    pair.ticks(LONG);
    expect(pair.reported('sends')).toEqual([]);
    pair.receive(1);
    expect(pair.reported('sends')).toEqual(['1 SUCCESS']);
  });
});

it('a send without a peer fails after its own number of retries', () => {
  const pair = new BarePair('RC');
  pair.set(pair.sender, 'retry_cnt', 2);
  pair.set(pair.sender, 'dest_qpn', 1);
  pair.send(1);
  pair.ticks(2);
  expect(pair.reported('sends')).toEqual([]);
  pair.ticks(1);
  expect(pair.reported('sends')).toEqual(['1 RETRY_EXC_ERR']);
});

describe('a queue that stops', () => {
  it('gives back everything in the order it was posted', () => {
    const pair = new BarePair('RC');
    pair.set(pair.sender, 'rnr_retry', 7);
    for (const id of [3, 1, 2]) pair.send(id);
    pair.receiver.state.receives = [5n, 4n].map((id) => ({ id, pieces: [] }));
    for (const qp of [pair.sender, pair.receiver]) pair.work.move(qp, pair.number('qp_state', 'ERR'));
    expect(pair.reported('sends')).toEqual(['3 WR_FLUSH_ERR', '1 WR_FLUSH_ERR', '2 WR_FLUSH_ERR']);
    expect(pair.reported('receives')).toEqual(['5 WR_FLUSH_ERR', '4 WR_FLUSH_ERR']);
  });

  it('sends nothing of what it has given back', () => {
    for (const type of ['UC', 'DRIVER']) {
      const pair = new BarePair(type);
      pair.receive(1);
      const held = { begun: false };
      const wrong = { ...pair.piece(0, 8), lkey: LKEY + 1 };
      for (const [id, piece] of [wrong, pair.piece(0, 8), pair.piece(0, 8)].entries()) {
        pair.sender.state.state = pair.number('qp_state', 'SQD');
        pair.send(id + 1, [piece], { ...held, timed: true });
      }
      for (const work of pair.sender.state.sends) work.timed = false;
      pair.work.move(pair.sender, pair.number('qp_state', 'RTS'));
      expect(pair.reported('sends'), type).toEqual(['1 LOC_PROT_ERR', '2 WR_FLUSH_ERR', '3 WR_FLUSH_ERR']);
      expect(pair.reported('receives'), type).toEqual([]);
      expect(pair.sender.state.state, type).toBe(pair.number('qp_state', 'SQE'));
    }
  });
});

describe('SRD', () => {
  function order(seed: number): string {
    const pair = new BarePair('DRIVER', { seed });
    for (const id of EIGHT) pair.receive(id);
    for (const id of EIGHT) pair.send(id);
    expect(pair.reported('sends')).toEqual([]);
    pair.ticks(LONG);
    expect(pair.reported('receives')).toHaveLength(EIGHT.length);
    return pair.reported('sends').join();
  }

  it('delivers everything once in an order that the seed alone decides', () => {
    const seeds = Array.from({ length: 12 }, (_, index) => index + 1);
    const orders = seeds.map(order);
    for (const one of orders) expect(one.split(',').toSorted()).toEqual(EIGHT.map((id) => `${String(id)} SUCCESS`));
    expect(new Set(orders).size).toBeGreaterThan(6);
    expect(seeds.map(order)).toEqual(orders);
  });

  it('waits for a receive and fails for nobody but the missing', () => {
    const pair = new BarePair('DRIVER');
    pair.send(1);
    pair.ticks(LONG);
    expect(pair.reported('sends')).toEqual([]);
    pair.receive(1);
    pair.ticks(LONG);
    expect(pair.reported('sends')).toEqual(['1 SUCCESS']);
  });
});
