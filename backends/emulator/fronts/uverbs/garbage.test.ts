/** Any bytes, any pointers: the front end answers with 0 or an errno, and its objects stay usable. */
import { expect, it } from 'vitest';
import type { Call, Encoded, Region } from '../../../../spec/abi/abi.ts';
import { CAP, Caller, connected, testSpec, verbs } from './caller.ts';

const spec = testSpec();

/** Numbers below 2^32 that repeat with the seed. */
function generator(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state;
  };
}

it('is answered', async () => {
  const caller = await Caller.open(spec, verbs(spec));
  const { pd, cq, qp } = await connected(caller);
  const calls: readonly Call[] = [
    { object: 'device', method: 'query', attributes: {} },
    { object: 'port', method: 'query', on: 1, attributes: {} },
    { object: 'cq', method: 'create', attributes: { cqe: 1, comp_vector: 0 } },
    { object: 'qp', variant: 'UD', method: 'create', attributes: { pd, send_cq: cq, recv_cq: cq, cap: CAP } },
    { object: 'qp', variant: 'RC', method: 'modify', on: qp, attributes: { state: 'RESET' } },
    { object: 'qp', variant: 'RC', method: 'query', on: qp, attributes: {}, room: { state: 0 } },
    { object: 'xrcd', method: 'destroy', on: 40, attributes: {} },
  ];
  const random = generator(7);
  const spoilt = (region: Region): Region => {
    const bytes = region.bytes.slice(
      0,
      random() % 3 === 0 ? random() % (region.bytes.length + 1) : region.bytes.length,
    );
    for (let change = random() % 5; change > 0 && bytes.length > 0; change -= 1)
      bytes[random() % bytes.length] = random() >>> 24;
    return { bytes, readOnly: random() % 9 === 0 };
  };
  for (let trial = 0; trial < 5000; trial += 1) {
    const sound: Encoded = caller.abi.encode(caller.abi.draft(calls[trial % calls.length] as Call));
    const patches = sound.patches.map((patch) => ({
      ...patch,
      region: random() % 7 === 0 ? random() % 5 : patch.region,
      target: random() % 7 === 0 ? random() % 64 : 0,
    }));
    expect(await caller.send({ request: sound.request, regions: sound.regions.map(spoilt), patches })).toMatch(
      /^(ok|E[A-Z]+)$/,
    );
  }
  expect(
    await caller.call({ object: 'port', method: 'query', on: 1, attributes: {}, room: { state: 0 } }),
  ).toMatchObject({ attributes: { state: 'ACTIVE' } });
});
