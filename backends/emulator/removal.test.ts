import { describe, expect, it } from 'vitest';
import { uapi } from '../../spec/abi/uapi/uapi.ts';
import { ERRNO } from '../../spec/errno.ts';
import { projectSpec } from '../../spec/project_spec.ts';
import type { Backend } from '../backend.ts';
import { emulator } from './backend.ts';
import type { Pipelines } from './rules.ts';

const spec = projectSpec();
const abi = uapi(spec);
const device = 'emu0';
const done = { ok: true, value: {} };
const opened = (alter?: (pipelines: Pipelines) => Pipelines): Backend =>
  emulator({ spec, model: 'verbs', seed: 1, abi: 'uapi', ...(alter === undefined ? {} : { alter }) });

/** A process with the device open, and a way to make a protection domain. */
async function file(backend: Backend) {
  const process = await backend.process();
  const answer = await process.open('/dev/infiniband/uverbs0');
  const fd = answer.ok ? answer.value : -1;
  const create = () =>
    process.ioctl({ fd, ...abi.encode(abi.draft({ object: 'pd', method: 'create', attributes: {} })) });
  return { process, create };
}

describe('the controls that take a device away and bring it back', () => {
  it('take away what is there, once', async () => {
    const backend = opened();
    expect(await backend.control({ action: 'remove', device })).toEqual(done);
    expect(await backend.control({ action: 'remove', device })).toEqual({ ok: false, errno: ERRNO.ENODEV });
    const event = { action: 'raise_event', device, event: 'PORT_ERR', about: { port: 1 } } as const;
    expect(await backend.control(event)).toEqual({ ok: false, errno: ERRNO.ENODEV });
    expect(await backend.control({ action: 'plug', device })).toEqual(done);
    expect(await backend.control({ action: 'remove', device })).toEqual(done);
  });

  it('bring nothing back that has not gone', async () => {
    const backend = opened();
    const busy = { ok: false, errno: ERRNO.EBUSY };
    expect(await backend.control({ action: 'plug', device })).toEqual(busy);
    const { create } = await file(backend);
    await backend.control({ action: 'stall', device, object: 'pd', method: 'create', point: 'admitted' });
    const running = create();
    const leaving = backend.control({ action: 'remove', device });
    expect(await backend.control({ action: 'plug', device })).toEqual(busy);
    expect(await backend.control({ action: 'remove', device })).toEqual({ ok: false, errno: ERRNO.ENODEV });
    await backend.control({ action: 'release', device });
    expect((await running).ok).toBe(true);
    expect(await leaving).toEqual(done);
  });

  it('are undone by reset, also half-way', async () => {
    const backend = opened();
    const { create } = await file(backend);
    await backend.control({ action: 'stall', device, object: 'pd', method: 'create', point: 'admitted' });
    void create();
    void backend.control({ action: 'remove', device });
    expect((await backend.reset()).leaked).toEqual({});
    expect((await (await file(backend)).create()).ok).toBe(true);
  });

  it('leave leaks of a device that is gone to be found, once', async () => {
    const backend = opened((pipelines) => {
      const rules = (pipelines['device.remove'] ?? []).filter(({ clause }) => clause !== 'removal-objects');
      return { ...pipelines, 'device.remove': rules, 'context.close': [] };
    });
    await (await file(backend)).create();
    await backend.control({ action: 'remove', device });
    await backend.control({ action: 'plug', device });
    expect((await backend.reset()).leaked).toEqual({ pd: 1 });
    expect((await backend.reset()).leaked).toEqual({});
  });
});
