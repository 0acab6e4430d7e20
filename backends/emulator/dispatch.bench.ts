/**
 * What dispatch() of a message with eight attributes costs: beside a hand-written loop over the same bytes, with many classes,
 * and with many live handles. An iteration is a thousand messages, so that looking at the clock does not count.
 * What is measured is the built code (`npm run bench` builds it): vitest turns every use of an import into a look-up, which
 * would cost more than the work.
 */
import { createRequire } from 'node:module';
import { bench, describe } from 'vitest';
import type { Encoded } from '../../spec/abi/abi.ts';
import type { BareDevice as Device } from './bare_device.ts';
import type { Context } from './core/context.ts';

const built = createRequire(new URL('../../build/backends/emulator/', import.meta.url));
const { BareDevice, modelNamed } = built('./bare_device.js') as typeof import('./bare_device.ts');
const { HandleTable } = built('./core/handle_table.js') as typeof import('./core/handle_table.ts');
const { eightAttributes, queuePairInSqd } = built('./rc_modify.js') as typeof import('./rc_modify.ts');
const { rowsOf, withClasses } = built('./synthetic_spec.js') as typeof import('./synthetic_spec.ts');

const MESSAGES = 1000;
const VARIANTS = 16;

interface Prepared {
  readonly bare: Device;
  readonly context: Context;
  readonly messages: readonly Encoded[];
}

function prepared(bare: Device, context = bare.open()): Prepared {
  const handle = queuePairInSqd(bare, context);
  const messages = Array.from({ length: VARIANTS }, (_, turn) => eightAttributes(bare, handle, turn));
  return { bare, context, messages };
}

function dispatched({ bare, context, messages }: Prepared): () => void {
  const { front } = bare;
  return () => {
    for (let i = 0; i < MESSAGES; i += 1) {
      const { request, regions, patches } = messages[i % VARIANTS] as Encoded;
      const errno = front.dispatch(context, request, regions, patches);
      if (errno !== 0) throw new Error(`refused with errno ${String(errno)}`);
    }
  };
}

const values = new Uint32Array(64);

/** Reads header and attributes of a sound message by hand: what a parser cannot do without. */
function byHand(bytes: Uint8Array): number {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const length = view.getUint16(0, true);
  let seen = view.getUint16(2, true) | view.getUint32(4, true);
  let at = 8;
  while (at < length) {
    const size = view.getUint16(at, true);
    const id = view.getUint16(at + 2, true);
    seen |= view.getUint16(at + 4, true) | view.getUint16(at + 6, true);
    values[id] = view.getUint32(at + 8, true);
    at += (size + 7) & ~7;
  }
  return seen;
}

let sink = 0;

describe('eight attributes', () => {
  const device = prepared(new BareDevice());
  const bytes = device.messages.map((message) => message.regions[0]?.bytes ?? new Uint8Array());
  bench('DataView loop by hand', () => {
    for (let i = 0; i < MESSAGES; i += 1) sink |= byHand(bytes[i % VARIANTS] as Uint8Array);
  });
  bench('dispatch', dispatched(device));
});

describe('classes', () => {
  for (const count of [0, 10, 100, 1000]) {
    const { spec, pipelines } = new BareDevice();
    const bare = new BareDevice({ spec: withClasses(spec, count), pipelines, rows: rowsOf(count) });
    bench(`${String(count)} more classes`, dispatched(prepared(bare)));
  }
});

const LIVE = [1, 1000, 100_000];

describe('live handles', () => {
  const limits = { ...modelNamed('verbs').limits, max_pd: 2 * Math.max(...LIVE) };
  for (const count of LIVE) {
    const bare = new BareDevice({ model: { ...modelNamed('verbs'), limits } });
    const context = bare.open();
    for (let i = 0; i < count; i += 1) bare.make(context, { object: 'pd', method: 'create', attributes: {} });
    bench(`${String(count)} live protection domains`, dispatched(prepared(bare, context)));
  }
});

describe('handle look-up', () => {
  for (const count of LIVE) {
    const table = new HandleTable<number>(1);
    for (let i = 0; i < count; i += 1) table.add(i);
    bench(`among ${String(count)}`, () => {
      for (let i = 0; i < MESSAGES; i += 1) sink |= table.get(1 + (i % count)) ?? 0;
    });
  }
});

if (sink === -1) throw new Error('never: it keeps what the loops compute alive');
