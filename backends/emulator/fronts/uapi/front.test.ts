import { describe, expect, it } from 'vitest';
import type { Call, Encoded } from '../../../../spec/abi/abi.ts';
import { anyCall } from '../../../../spec/abi/uapi/any_value.ts';
import { tablesOf } from '../../../../spec/abi/uapi/tables.ts';
import { uapi } from '../../../../spec/abi/uapi/uapi.ts';
import { ERRNO, errnoName } from '../../../../spec/errno.ts';
import { projectSpec } from '../../../../spec/project_spec.ts';
import { anyBytes, pick, seeded } from '../../../../spec/seeded.ts';
import { BareDevice, modelNamed } from '../../bare_device.ts';
import type { Context } from '../../core/context.ts';
import { MODELS } from '../../models/models.ts';

const spec = projectSpec();
const abi = uapi(spec);
const tables = tablesOf(spec);
const methods = [...tables.classes.values()].flatMap((info) =>
  [...tables.methodsOf(info).values()].map((found) => ({ info, found })),
);
const KNOWN = new Set<number>(Object.values(ERRNO));

/** Whether bytes are as a vector gives them, `??` standing for any byte. */
function matches(bytes: Uint8Array, pattern: string): boolean {
  return [...bytes].every((byte, index) => {
    const wanted = pattern.slice(2 * index, 2 * index + 2);
    return wanted === '??' || wanted === byte.toString(16).padStart(2, '0');
  });
}

describe('the published vectors', () => {
  it.each(spec.vectors)('are answered as they say: $name', (vector) => {
    const bare = new BareDevice();
    const bytes = Uint8Array.from(Buffer.from(vector.sent, 'hex'));
    const errno = bare.send(bare.open(), { request: vector.request, regions: [{ bytes, guard: true }], patches: [] });
    expect(errno === 0 ? '0' : errnoName(errno)).toBe(vector.answer);
    expect(bytes.length).toBe(vector.sent.length / 2);
    expect(matches(bytes, vector.received ?? vector.sent)).toBe(true);
  });
});

/** Objects of each kind that exist, by looking at every object of every file. */
function counted(contexts: readonly Context[]): Map<string, number> {
  const counts = new Map<string, number>();
  for (const { instances } of contexts) {
    for (const { object } of instances) counts.set(object, (counts.get(object) ?? 0) + 1);
  }
  return counts;
}

/** That what the device counts, what files hold and what uses what agree with each other. */
function expectConsistent(bare: BareDevice, contexts: readonly Context[]): void {
  const { device } = bare;
  const living = contexts.flatMap((context) => [...context.instances]);
  expect(new Map([...device.counts()].filter(([, count]) => count !== 0))).toEqual(counted(contexts));
  expect(device.queuePairs.size).toBe(living.filter(({ object }) => object === 'qp').length);
  for (const instance of living) {
    expect(instance.context.tables[instance.space]?.get(instance.handle)).toBe(instance);
    expect(instance.users).toBe(living.flatMap(({ uses }) => uses).filter((used) => used === instance).length);
  }
}

/** A call whose handles and object id are small numbers, so that many of them name something. */
function nearby(call: Call, random: (below: number) => number): Call {
  const attributes = Object.fromEntries(
    Object.entries(call.attributes).map(([name, value]) => [
      name,
      ['pd', 'send_cq', 'recv_cq', 'xrcd', 'cqe', 'comp_vector', 'port', 'pkey_index'].includes(name)
        ? 1 + random(3)
        : value,
    ]),
  );
  const cap = 'cap' in attributes ? { cap: { max_send_wr: random(5), max_recv_wr: random(5) } } : {};
  return { ...call, on: call.on === undefined ? undefined : random(4), attributes: { ...attributes, ...cap } };
}

function damaged(call: Call, random: (below: number) => number): Encoded {
  const draft = abi.draft(call);
  const damage = pick(random, Object.values(abi.damage));
  const targets = damage.targets(draft);
  return abi.encode(targets.length === 0 ? draft : damage.apply(draft, pick(random, targets)));
}

function scrambled({ request, regions, patches }: Encoded, random: (below: number) => number): Encoded {
  const bytes = (regions[0]?.bytes ?? new Uint8Array()).slice(0, random(3) === 0 ? random(60) : undefined);
  for (let flips = random(5); flips > 0 && bytes.length > 0; flips -= 1) bytes[random(bytes.length)] = random(256);
  return { request, regions: [{ bytes }], patches };
}

describe.each(Object.keys(MODELS))('the front end before %s', (name) => {
  it('answers anything with a known errno, changes nothing when it refuses, and keeps its accounts', () => {
    const random = seeded(9);
    const bare = new BareDevice({ model: modelNamed(name) });
    const contexts = [bare.open(), bare.open(false)];
    const answers = new Map<number, number>();
    for (let round = 0; round < 6000; round += 1) {
      const { info, found } = pick(random, methods);
      const call = nearby(anyCall(spec, info, found, random), random);
      const encoded = pick(random, [
        () => abi.encode(abi.draft(call)),
        () => damaged(call, random),
        () => scrambled(abi.encode(abi.draft(call)), random),
        () => ({ request: 0xc0081b00 + random(256), regions: [{ bytes: anyBytes(random, random(70)) }], patches: [] }),
      ])();
      const bytes = encoded.regions[0]?.bytes ?? new Uint8Array();
      const before = bytes.slice();
      const errno = bare.send(pick(random, contexts), encoded);
      answers.set(errno, (answers.get(errno) ?? 0) + 1);
      if (errno !== 0 && Buffer.compare(bytes, before) !== 0) expect(bytes).toEqual(before);
      if (round % 500 === 0) expectConsistent(bare, contexts);
    }
    expectConsistent(bare, contexts);
    for (const errno of answers.keys()) expect(errno === 0 || KNOWN.has(errno)).toBe(true);
    // A fuzzer that is refused for one reason only, or never served, has looked at nothing.
    for (const errno of [0, ERRNO.EINVAL, ERRNO.EOPNOTSUPP, ERRNO.ENOENT, ERRNO.EFAULT]) {
      expect(answers.get(errno) ?? 0, errnoName(errno)).toBeGreaterThan(50);
    }
  });
});

describe('the front end', () => {
  const bare = new BareDevice();
  const query: Call = { object: 'port', method: 'query', on: 1, attributes: {}, room: { lid: 0, state: 12 } };

  it('judges a message wherever it lies in memory, and nothing around it', () => {
    const sound = bare.encode(query).regions[0]?.bytes ?? new Uint8Array();
    for (let shift = 0; shift < 8; shift += 1) {
      const memory = new Uint8Array(shift + sound.length + 16).fill(0xff);
      const bytes = memory.subarray(shift, shift + sound.length);
      bytes.set(sound);
      expect(bare.send(bare.open(), { request: 0xc0081b01, regions: [{ bytes }], patches: [] })).toBe(0);
      expect([...memory.subarray(0, shift), ...memory.subarray(shift + sound.length)].every((b) => b === 0xff)).toBe(
        true,
      );
    }
  });

  it('does not remember the message before', () => {
    const context = bare.open();
    const long = { object: 'cq', method: 'create', attributes: { cqe: 4, comp_vector: 1, user_handle: 9n } };
    expect(bare.errno(context, long)).toBe(0);
    expect(bare.errno(context, { ...long, attributes: { cqe: 4 } })).toBe(ERRNO.EINVAL);
    expect(bare.errno(context, { object: 'pd', method: 'create', attributes: {} })).toBe(0);
  });

  it('fills room beyond a value with zeros', () => {
    const encoded = bare.encode(query);
    const bytes = encoded.regions[0]?.bytes ?? new Uint8Array();
    bytes.fill(0xee, 36, 44);
    expect(bare.send(bare.open(), encoded)).toBe(0);
    expect([...bytes.subarray(32, 44)]).toEqual([4, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0]);
  });
});
