import { setImmediate } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { abiOf } from '../../spec/abi/registry.ts';
import { ERRNO } from '../../spec/errno.ts';
import type { AbiId } from '../../spec/model.ts';
import { projectSpec } from '../../spec/project_spec.ts';
import { FD_CLOEXEC, O_NONBLOCK, POLL, type Answer, type Backend, type Process } from '../backend.ts';
import { emulator } from './backend.ts';

const spec = projectSpec();
const device = 'emu0';

interface Opened {
  readonly backend: Backend;
  readonly process: Process;
  readonly fd: number;
  readonly channel: number;
  readonly size: number;
}

async function open(id: AbiId): Promise<Opened> {
  const backend = emulator({ spec, model: 'verbs', seed: 1, abi: id });
  const abi = abiOf(spec, id);
  const process = await backend.process();
  const path = (await backend.describe()).devices[0]?.path ?? '';
  const opened = await process.open(path);
  if (!opened.ok) throw new Error('the device cannot be opened');
  for (const encoded of abi.greeting()) await process.ioctl({ fd: opened.value, ...encoded });
  const call = { object: 'async_event', method: 'create_fd', attributes: {} };
  const encoded = abi.encode(abi.draft(call));
  await process.ioctl({ fd: opened.value, ...encoded });
  const { handle } = abi.reply(call, encoded);
  return { backend, process, fd: opened.value, channel: handle, size: abi.recordBytes('async_event') };
}

const raise = (backend: Backend) => backend.control({ action: 'raise_event', device, event: 'DEVICE_FATAL' });

/** What a call answered, undefined as long as it waits. */
async function landed<T>(call: Promise<T>): Promise<T | undefined> {
  let value: T | undefined;
  void call.then((answer) => (value = answer));
  await setImmediate();
  return value;
}

const lengthOf = (answer: Answer<Uint8Array> | undefined): number | undefined =>
  answer?.ok === true ? answer.value.length : undefined;

describe.each(['uapi', 'uverbs'] as const)('calls beside ioctl on %s', (id) => {
  it('refuses reads of the device and of nothing', async () => {
    const { process, fd } = await open(id);
    expect(await process.read(fd, 16)).toEqual({ ok: false, errno: ERRNO.EINVAL });
    expect(await process.read(99, 16)).toEqual({ ok: false, errno: ERRNO.EBADF });
    expect(await process.write({ fd, regions: [{ bytes: new Uint8Array(8) }], patches: [] })).toEqual({
      ok: false,
      errno: ERRNO.EINVAL,
    });
  });

  it('keeps the flags of a descriptor apart from those of its file', async () => {
    const { process, channel } = await open(id);
    expect(await process.fcntl(channel, 'F_GETFD')).toEqual({ ok: true, value: FD_CLOEXEC });
    await process.fcntl(channel, 'F_SETFL', O_NONBLOCK);
    const child = await process.fork();
    expect(await child.fcntl(channel, 'F_GETFL')).toEqual({ ok: true, value: O_NONBLOCK });
    await child.fcntl(channel, 'F_SETFD', 0);
    expect(await process.fcntl(channel, 'F_GETFD')).toEqual({ ok: true, value: FD_CLOEXEC });
    expect(await process.fcntl(99, 'F_GETFD')).toEqual({ ok: false, errno: ERRNO.EBADF });
  });

  it('goes on waiting where O_NONBLOCK comes after the read began', async () => {
    const { backend, process, channel, size } = await open(id);
    const reader = process.read(channel, size);
    await process.fcntl(channel, 'F_SETFL', O_NONBLOCK);
    expect(await process.read(channel, size)).toEqual({ ok: false, errno: ERRNO.EAGAIN });
    expect(await landed(reader)).toBeUndefined();
    await raise(backend);
    expect(lengthOf(await landed(reader))).toBe(size);
  });

  it('polls several descriptors at once', async () => {
    const { backend, process, fd, channel } = await open(id);
    const entries = [
      { fd, events: POLL.IN },
      { fd: channel, events: POLL.IN },
    ];
    const waiting = process.poll(entries, true);
    expect(await landed(waiting)).toBeUndefined();
    await raise(backend);
    expect(await landed(waiting)).toEqual({ ok: true, value: [0, POLL.IN] });
    expect(await process.poll([...entries, { fd: 99, events: POLL.IN }], false)).toEqual({
      ok: true,
      value: [0, POLL.IN, POLL.NVAL],
    });
    // What is not asked about is nothing to wake up for.
    expect(await landed(process.poll([{ fd: channel, events: POLL.OUT }], true))).toBeUndefined();
  });

  it('ends a channel that was closed while it was read, after the read', async () => {
    const { backend, process, channel, size } = await open(id);
    const reader = process.read(channel, size);
    await process.close(channel);
    await raise(backend);
    expect(lengthOf(await landed(reader))).toBe(size);
    expect((await backend.reset()).leaked).toEqual({});
  });

  it('leaves nothing of a process that ended while it waited', async () => {
    const { backend, process, channel, size } = await open(id);
    void process.read(channel, size);
    await process.exit();
    expect((await backend.reset()).leaked).toEqual({});
  });
});
