/** What every backend must do whatever is behind it: one suite, run for each. Messages are made by the ABI it says it speaks. */
import { describe, expect, it } from 'vitest';
import { abiOf } from '../../spec/abi/registry.ts';
import type { Abi, Encoded } from '../../spec/abi/abi.ts';
import { ERRNO } from '../../spec/errno.ts';
import type { Spec } from '../../spec/model.ts';
import { FD_CLOEXEC, O_NONBLOCK, POLL, type Backend, type Control, type Process } from '../backend.ts';

const device = 'nothing0';
/** One control of each action. */
const CONTROLS: readonly Control[] = [
  { action: 'force_state', device, qpn: 2, state: 'ERR' },
  { action: 'remove', device },
  { action: 'plug', device },
  { action: 'raise_event', device, event: 'DEVICE_FATAL' },
  { action: 'set_port', device, port: 1, state: 'DOWN' },
  { action: 'stall', device, object: 'pd', method: 'create', point: 'admitted' },
  { action: 'release', device },
  { action: 'fail', device, object: 'pd', method: 'create', errno: 'ENOMEM' },
  { action: 'kernel_call', device, atomic: false, sleepable: true, object: 'pd', method: 'create', attributes: {} },
];

/** A descriptor nobody opens. */
const NEVER = 700;

/** A channel for asynchronous events. */
async function channelOf(abi: Abi, process: Process, fd: number): Promise<number> {
  const call = { object: 'async_event', method: 'create_fd', attributes: {} };
  const encoded = abi.encode(abi.draft(call));
  const answer = await process.ioctl({ fd, ...encoded });
  if (!answer.ok) throw new Error('there are no channels for asynchronous events');
  return abi.reply(call, encoded).handle;
}

interface Opened {
  readonly backend: Backend;
  readonly abi: Abi;
  readonly path: string;
  /** A process with the device open and ready for calls. */
  readonly file: () => Promise<{ process: Process; fd: number }>;
}

export function backendContract(name: string, spec: Spec, open: () => Promise<Backend>): void {
  const opened = async (): Promise<Opened> => {
    const backend = await open();
    const description = await backend.describe();
    const abi = abiOf(spec, description.abi, description.driver);
    const path = description.devices[0]?.path ?? '';
    const file = async () => {
      const process = await backend.process();
      const answer = await process.open(path);
      if (!answer.ok) throw new Error(`${path} cannot be opened`);
      for (const encoded of abi.greeting()) await process.ioctl({ fd: answer.value, ...encoded });
      return { process, fd: answer.value };
    };
    return { backend, abi, path, file };
  };
  const pdCreate = (abi: Abi): Encoded => abi.encode(abi.draft({ object: 'pd', method: 'create', attributes: {} }));

  describe(`${name} keeps the contract`, () => {
    it('describes itself', async () => {
      const { backend } = await opened();
      const description = await backend.describe();
      expect(description.implementation).not.toBe('');
      expect(description.devices.length).toBeGreaterThan(0);
      expect(await backend.describe()).toEqual(description);
    });

    it('opens its device, and nothing else', async () => {
      const { backend, path } = await opened();
      const process = await backend.process();
      expect((await process.open(path)).ok).toBe(true);
      expect(await process.open('/dev/null-and-void')).toEqual({ ok: false, errno: ERRNO.ENOENT });
    });

    it('numbers files per process, the lowest first', async () => {
      const { backend, path } = await opened();
      const [one, two] = [await backend.process(), await backend.process()];
      const [a, b, c] = [await one.open(path), await one.open(path), await two.open(path)];
      if (!a.ok || !b.ok || !c.ok) throw new Error('the device cannot be opened three times');
      expect(b.value).toBeGreaterThan(a.value);
      expect(c.value).toBe(a.value);
      await one.close(a.value);
      expect(await one.open(path)).toEqual(a);
    });

    it('answers EBADF on a file that is not open', async () => {
      const { abi, file } = await opened();
      const { process, fd } = await file();
      await process.close(fd);
      expect(await process.ioctl({ fd, ...pdCreate(abi) })).toEqual({ ok: false, errno: ERRNO.EBADF });
      expect(await process.close(fd)).toEqual({ ok: false, errno: ERRNO.EBADF });
    });

    it('writes outputs into the memory of the call, and faults where memory ends', async () => {
      const { abi, file } = await opened();
      const { process, fd } = await file();
      const call = { object: 'pd', method: 'create', attributes: {} };
      const encoded = pdCreate(abi);
      expect((await process.ioctl({ fd, ...encoded })).ok).toBe(true);
      expect(abi.reply(call, encoded).handle).toBeGreaterThanOrEqual(0);
      const { request, regions } = pdCreate(abi);
      const cut = { bytes: (regions[0]?.bytes ?? new Uint8Array()).subarray(0, 4), guard: true };
      expect(await process.ioctl({ fd, request, regions: [cut], patches: [] })).toEqual({
        ok: false,
        errno: ERRNO.EFAULT,
      });
      expect(await process.ioctl({ fd, request, regions: [], patches: [] })).toEqual({
        ok: false,
        errno: ERRNO.EFAULT,
      });
    });

    it('leaves memory that cannot be written as it is, and faults instead of acting', async () => {
      const { backend, abi, file } = await opened();
      const { process, fd } = await file();
      const { request, regions, patches } = pdCreate(abi);
      const locked = regions.map(({ bytes }) => ({ bytes, readOnly: true }));
      const before = regions.map(({ bytes }) => bytes.slice());
      expect(await process.ioctl({ fd, request, regions: locked, patches })).toEqual({
        ok: false,
        errno: ERRNO.EFAULT,
      });
      expect(locked.map(({ bytes }) => bytes)).toEqual(before);
      expect((await backend.reset()).leaked).toEqual({});
    });

    it('tells processes apart, and knows no file of another one', async () => {
      const { backend, abi, file } = await opened();
      const { fd } = await file();
      const other = await backend.process();
      expect(await other.ioctl({ fd, ...pdCreate(abi) })).toEqual({ ok: false, errno: ERRNO.EBADF });
      expect((await backend.process()).pid).not.toBe(other.pid);
    });

    it('serves calls that are in flight together', async () => {
      const { abi, file } = await opened();
      const { process, fd } = await file();
      const calls = Array.from({ length: 32 }, () => pdCreate(abi));
      const answers = await Promise.all(calls.map((encoded) => process.ioctl({ fd, ...encoded })));
      expect(answers.every((answer) => answer.ok)).toBe(true);
      const handles = calls.map(
        (encoded) => abi.reply({ object: 'pd', method: 'create', attributes: {} }, encoded).handle,
      );
      expect(new Set(handles).size).toBe(calls.length);
    });

    it('refuses to read, poll or ask flags of what is not open', async () => {
      const { process } = await (await opened()).file();
      const refused = { ok: false, errno: ERRNO.EBADF };
      expect(await process.read(NEVER, 16)).toEqual(refused);
      expect(await process.write({ fd: NEVER, regions: [{ bytes: new Uint8Array(8) }], patches: [] })).toEqual(refused);
      expect(await process.fcntl(NEVER, 'F_GETFL')).toEqual(refused);
      expect(await process.poll([{ fd: NEVER, events: POLL.IN }], false)).toEqual({ ok: true, value: [POLL.NVAL] });
    });

    it('keeps the flags of a descriptor and of the file behind it', async () => {
      const { process, fd } = await (await opened()).file();
      for (const [get, set, flag] of [
        ['F_GETFD', 'F_SETFD', FD_CLOEXEC],
        ['F_GETFL', 'F_SETFL', O_NONBLOCK],
      ] as const) {
        const before = await process.fcntl(fd, get);
        if (!before.ok) throw new Error(`${get} is refused`);
        expect((await process.fcntl(fd, set, before.value | flag)).ok).toBe(true);
        expect(await process.fcntl(fd, get)).toEqual({ ok: true, value: before.value | flag });
        expect((await process.fcntl(fd, set, before.value & ~flag)).ok).toBe(true);
        expect(await process.fcntl(fd, get)).toEqual({ ok: true, value: before.value & ~flag });
      }
    });

    it('reads a channel: not yet, then still not, and polls nothing', async () => {
      const { abi, file } = await opened();
      const { process, fd } = await file();
      const channel = await channelOf(abi, process, fd);
      expect((await process.fcntl(channel, 'F_SETFL', O_NONBLOCK)).ok).toBe(true);
      expect(await process.read(channel, 64)).toEqual({ ok: false, errno: ERRNO.EAGAIN });
      expect(await process.poll([{ fd: channel, events: POLL.IN }], false)).toEqual({ ok: true, value: [0] });
    });

    it('gives a child the files of its parent, and memory of its own', async () => {
      const { abi, file } = await opened();
      const { process, fd } = await file();
      const memory = await process.map(-1, 4096);
      if (!memory.ok) throw new Error('there is no memory');
      await process.store(memory.value, new Uint8Array([1, 2]));
      const child = await process.fork();
      expect(child.pid).not.toBe(process.pid);
      expect((await child.ioctl({ fd, ...pdCreate(abi) })).ok).toBe(true);
      await child.store(memory.value, new Uint8Array([9]));
      expect(await process.load(memory.value, 2)).toEqual({ ok: true, value: new Uint8Array([1, 2]) });
      expect(await child.load(memory.value, 2)).toEqual({ ok: true, value: new Uint8Array([9, 2]) });
      await process.close(fd);
      expect((await child.ioctl({ fd, ...pdCreate(abi) })).ok).toBe(true);
    });

    it('passes a file to another process, which keeps it when the first one closes it', async () => {
      const { backend, abi, file } = await opened();
      const { process, fd } = await file();
      const other = await backend.process();
      const sent = await process.sendFd(fd, other);
      if (!sent.ok) throw new Error('the file cannot be passed');
      await process.close(fd);
      expect((await other.ioctl({ fd: sent.value, ...pdCreate(abi) })).ok).toBe(true);
      expect(await process.sendFd(fd, other)).toEqual({ ok: false, errno: ERRNO.EBADF });
    });

    it('maps and unmaps memory; beyond it is a fault', async () => {
      const { process } = await (await opened()).file();
      const memory = await process.map(-1, 4096);
      if (!memory.ok) throw new Error('there is no memory');
      for (const width of [1, 2, 4, 8]) {
        const bytes = Uint8Array.from({ length: width }, (_, index) => index + width);
        expect((await process.store(memory.value + 16n, bytes)).ok).toBe(true);
        expect(await process.load(memory.value + 16n, width)).toEqual({ ok: true, value: bytes });
      }
      const fault = { ok: false, errno: ERRNO.EFAULT };
      expect(await process.load(memory.value + 4096n, 1)).toEqual(fault);
      expect((await process.unmap(memory.value, 4096)).ok).toBe(true);
      expect(await process.load(memory.value, 1)).toEqual(fault);
      expect(await process.store(memory.value, new Uint8Array([1]))).toEqual(fault);
    });

    it('refuses controls on a device that is not there', async () => {
      const { backend } = await opened();
      for (const control of CONTROLS) expect((await backend.control(control)).ok).toBe(false);
    });

    it('closes everything at reset and finds nothing left', async () => {
      const { backend, abi, file } = await opened();
      const { process, fd } = await file();
      expect((await process.ioctl({ fd, ...pdCreate(abi) })).ok).toBe(true);
      expect((await backend.reset()).leaked).toEqual({});
      expect(await process.ioctl({ fd, ...pdCreate(abi) })).toEqual({ ok: false, errno: ERRNO.EBADF });
    });
  });
}
