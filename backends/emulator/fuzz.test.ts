import { describe, expect, it } from 'vitest';
import { CHAINS } from '../../spec/abi/uapi/chain.ts';
import { uapi } from '../../spec/abi/uapi/uapi.ts';
import { ERRNO } from '../../spec/errno.ts';
import { projectSpec } from '../../spec/project_spec.ts';
import { emulator } from './backend.ts';
import { MODELS } from './models/models.ts';

const spec = projectSpec();
const abi = uapi(spec);
const ROUNDS = 6000;
const DOCUMENTED: ReadonlySet<number> = new Set(Object.values(ERRNO));

function generator(start: number): (below: number) => number {
  let seed = start;
  return (below) => {
    seed = (Math.imul(seed, 1664525) + 1013904223) >>> 0;
    return Math.floor((seed / 2 ** 32) * below);
  };
}

/** Sound messages of several methods: what mutation starts from. */
const SOUND = [
  { object: 'pd', method: 'create', attributes: {} },
  { object: 'cq', method: 'create', attributes: { cqe: 4, comp_vector: 0 } },
  { object: 'cq', method: 'query', on: 1, attributes: {}, room: { cqe: 0, user_handle: 0 } },
  { object: 'interface', method: 'query', on: 0, attributes: {}, room: { classes: 64, class_count: 0 } },
  {
    object: 'qp',
    variant: 'UD',
    method: 'create',
    attributes: { pd: 1, send_cq: 1, recv_cq: 1, cap: { max_send_wr: 1 } },
    room: { qpn: 0 },
  },
  {
    object: 'qp',
    variant: 'UD',
    method: 'modify',
    on: 1,
    attributes: { state: 'INIT', pkey_index: 0, port: 1, qkey: 5 },
  },
  { object: 'pd', method: 'destroy', on: 1, attributes: {} },
].map((call) => abi.encode(abi.draft(call)));
const CHAINED = [...SOUND, CHAINS.join(SOUND), CHAINS.join(SOUND.slice(0, 2))];

describe.each(Object.keys(MODELS))('the emulator as %s', (model) => {
  it('answers every mutated message with a documented errno or success, and loses nothing', async () => {
    const random = generator(model.length);
    const backend = emulator({ spec, model, seed: 1, abi: 'uapi' });
    const process = await backend.process();
    const opened = await process.open((await backend.describe()).devices[0]?.path ?? '');
    if (!opened.ok) throw new Error('the emulator cannot be opened');
    let accepted = 0;
    for (let round = 0; round < ROUNDS; round += 1) {
      const { request, regions } = CHAINED[random(CHAINED.length)] ?? { request: 0, regions: [] };
      const bytes = (regions[0]?.bytes ?? new Uint8Array()).slice(0, random(4) === 0 ? random(120) : undefined);
      for (let flips = random(4); flips > 0 && bytes.length > 0; flips -= 1) bytes[random(bytes.length)] = random(256);
      const number = random(8) === 0 ? (request & 0xffffff00) + random(256) : request;
      const answer = await process.ioctl({
        fd: opened.value,
        request: number >>> 0,
        regions: [{ bytes }],
        patches: [],
      });
      if (answer.ok) accepted += 1;
      else expect(DOCUMENTED).toContain(answer.errno);
    }
    expect(accepted).toBeGreaterThan(0);
    expect((await backend.reset()).leaked).toEqual({});
  });
});
