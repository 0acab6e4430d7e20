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
    // Channels are named by descriptors, and have no handle.
    if (instance.space >= 0) expect(instance.context.tables[instance.space]?.get(instance.handle)).toBe(instance);
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
