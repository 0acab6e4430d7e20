import { describe, expect, it } from 'vitest';
import { abiOf } from '../spec/abi/registry.ts';
import { uapi } from '../spec/abi/uapi/uapi.ts';
import { capabilityOfControl, capabilityOfCount, capabilityOfObject } from '../spec/capabilities.ts';
import type { AbiId } from '../spec/model.ts';
import { projectSpec } from '../spec/project_spec.ts';
import type { Answer, Backend, Description, IoctlCall, Process } from './backend.ts';
import { discoverCapabilities } from './discover.ts';
import { CONTROL_ACTIONS } from './emulator/controls.ts';
import { MODELS } from './emulator/models/models.ts';
import { BACKENDS } from './registry.ts';

const spec = projectSpec();

const VERBS = [
  ...['gid-index-beyond', 'mcast', 'mtu-beyond', 'port-ib', 'port-roce', 'post', 'qp', 'qp-counted'],
  ...['qp-modify-connects', 'qp-raw-packet', 'qp-rc', 'qp-uc', 'qp-ud', 'qp-xrc-ini', 'qp-xrc-tgt'],
];
const UD_SRD = ['ah-slept', 'gid-index-beyond', 'post', 'qp', 'qp-counted', 'qp-driver', 'qp-modify-connects', 'qp-ud'];
const POLLED = ['gid-index-beyond', 'port-ib', 'post', 'qp', 'qp-counted', 'qp-modify-connects', 'qp-rc', 'qp-ud'];

/** By ABI and model. `uapi` has the system-wide node. `uverbs` has no driver classes, lists GIDs, and an OPA port looks like an InfiniBand one to it. */
const EXPECTED: Readonly<Record<string, readonly string[]>> = {
  'uapi verbs': [...VERBS, 'system-node'],
  'uapi ud-srd': ['ah-many', ...UD_SRD, 'system-node'],
  'uapi no-qp': ['driver-class', 'gid-index-beyond', 'no-qp', 'system-node'],
  'uapi polled': [...POLLED, 'system-node'],
  'uverbs verbs': ['gid-empty', ...VERBS],
  'uverbs ud-srd': UD_SRD,
  'uverbs no-qp': ['gid-empty', 'gid-index-beyond', 'no-qp', 'port-ib'],
  'uverbs rnic': ['gid-index-beyond', 'mtu-beyond', 'port-iwarp', 'qp', 'qp-counted', 'qp-rc'],
  'uverbs polled': ['gid-empty', ...POLLED],
};
/** Limits that no message of `uverbs` has a place for. */
const UNREPORTED = ['max_counters', 'max_flow', 'max_xrcd'];
const ALWAYS = [
  ...CONTROL_ACTIONS.map(capabilityOfControl),
  'unprivileged',
  'doorbell-page',
  'complaints',
  'stall-core',
  'stall-hardware',
];

const tables = Object.values(spec.objects).filter((table) => table.instances !== 'fixed' && table.driver !== true);
const OBJECTS = tables.map((table) => capabilityOfObject(table.object)).filter((name) => name !== 'qp');

/** The words for what a model has and an ABI can make. */
function objectsOf(abi: AbiId, model: string): string[] {
  const made = tables.filter((table) => {
    const create = Object.values(table.methods).find((method) => method.role === 'create');
    return create !== undefined && table.object !== 'qp' && abiOf(spec, abi).expresses(table.object, create.name);
  });
  return made
    .filter((table) => MODELS[model]?.objects.includes(table.object))
    .map((table) => capabilityOfObject(table.object))
    .sort();
}

/** Every model allows few enough of what it has; `uverbs` reports some of the limits only. */
function countedOf(abi: AbiId, model: string): string[] {
  const reported = (limit = ''): boolean => abi === 'uapi' || !UNREPORTED.includes(limit);
  const had = tables.filter(({ object }) => object !== 'qp' && MODELS[model]?.objects.includes(object));
  return had
    .filter(({ limit }) => limit !== undefined && reported(limit))
    .map(({ object }) => capabilityOfCount(object));
}

/** Methods, and attributes of them, that a driver may leave out, as far as the model has them and the ABI a message for them. */
function changesOf(abi: AbiId, model: string): string[] {
  return tables.flatMap(({ object, methods }) =>
    Object.values(methods)
      .filter(({ name, needs }) => needs?.startsWith(`${object}-`) === true && abiOf(spec, abi).expresses(object, name))
      .filter(() => MODELS[model]?.objects.includes(object))
      .flatMap(({ needs = '', attributes }) => [needs, ...new Set(attributes.flatMap((use) => use.needs ?? []))])
      .filter((word) => MODELS[model]?.extras.includes(word)),
  );
}

// What a kernel offers is its own business, and is found out in a run.
const emulated = BACKENDS.filter(({ systems }) => systems === undefined);
const pairs = emulated.flatMap((entry) => entry.models.map((model) => ({ id: entry.id, model, entry })));

describe('discovery', () => {
  it.each(pairs)('finds what $id offers as $model, and leaves nothing behind', async ({ entry, model }) => {
    const backend = await entry.open({ spec, model, seed: 1 });
    const description = await backend.describe();
    const found = await discoverCapabilities(backend, abiOf(spec, entry.abi), spec, description);
    const always = [...ALWAYS, ...(entry.abi === 'uapi' ? ['control-register-driver'] : [])];
    const derived = [...countedOf(entry.abi, model), ...changesOf(entry.abi, model)];
    const own = [...found].filter((name) => ![...always, ...derived, ...OBJECTS].includes(name));
    for (const name of derived) expect(found).toContain(name);
    expect(own.sort()).toEqual(EXPECTED[`${entry.abi} ${model}`]);
    expect([...found].filter((name) => OBJECTS.includes(name)).sort()).toEqual(objectsOf(entry.abi, model));
    for (const name of always) expect(found).toContain(name);
    expect((await backend.reset()).leaked).toEqual({});
  });
});

const DESCRIPTION: Description = {
  implementation: 'scripted',
  version: '1',
  abi: 'uapi',
  model: 'scripted',
  devices: [{ name: 'scripted0', path: '/dev/scripted' }],
  controls: [],
  unprivileged: false,
  patience: 0,
  study: false,
};

/** A device that answers every ioctl in one way. */
function scripted(opened: Answer, ioctl: (call: IoctlCall) => Answer): Backend {
  const done: Answer = { ok: true, value: 0 };
  return {
    describe: () => Promise.resolve(DESCRIPTION),
    // Discovery makes no other calls.
    process: () =>
      Promise.resolve({
        pid: 1,
        open: () => Promise.resolve(opened),
        ioctl: (call: IoctlCall) => Promise.resolve(ioctl(call)),
        map: () => Promise.resolve({ ok: false, errno: 19 }),
        close: () => Promise.resolve(done),
      } as unknown as Process),
    control: () => Promise.resolve({ ok: true, value: {} }),
    reset: () => Promise.resolve({ leaked: {} }),
    close: () => Promise.resolve(),
  };
}

describe('discovery of a strange device', () => {
  const discover = (backend: Backend, description = DESCRIPTION) =>
    discoverCapabilities(backend, uapi(spec), spec, description);
  const file: Answer = { ok: true, value: 3 };

  it('finds nothing where everything is refused', async () => {
    expect(await discover(scripted(file, () => ({ ok: false, errno: 95 })))).toEqual(new Set(['no-qp']));
  });

  it('is not led astray by numbers that cannot be', async () => {
    const boasting = scripted(file, ({ regions }) => {
      const bytes = regions[0]?.bytes ?? new Uint8Array();
      bytes.fill(0xff, 16);
      bytes.fill(0xff, 12, 14);
      return { ok: true, value: 0 };
    });
    expect(await discover(boasting)).toEqual(new Set(['no-qp']));
  });

  it('says what is wrong where the device cannot be had', async () => {
    const closed = scripted({ ok: false, errno: 13 }, () => file);
    await expect(discover(closed)).rejects.toThrow('/dev/scripted cannot be opened: EACCES');
    await expect(discover(closed, { ...DESCRIPTION, devices: [] })).rejects.toThrow('scripted names no device');
  });
});
