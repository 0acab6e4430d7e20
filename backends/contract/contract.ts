/** What every backend must do whatever is behind it: one suite, run for each. Messages are made by the ABI it says it speaks. */
import { describe, expect, it } from 'vitest';
import { abiOf } from '../../spec/abi/registry.ts';
import type { Abi, Encoded } from '../../spec/abi/abi.ts';
import { ERRNO } from '../../spec/errno.ts';
import type { Spec } from '../../spec/model.ts';
import type { Backend, Control, Process } from '../backend.ts';

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
    const abi = abiOf(spec, description.abi);
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
      expect(await backend.reset()).toEqual({ leaked: {} });
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

    it('gives a child the same files and a copy of the memory', async () => {
      const { abi, file } = await opened();
      const { process, fd } = await file();
      const mapped = await process.map(-1, 4096);
      const address = mapped.ok ? mapped.value : 0n;
      await process.store(address, Uint8Array.of(1));
      const child = await process.fork();
      await child.store(address, Uint8Array.of(2));
      expect(await process.load(address, 1)).toEqual({ ok: true, value: Uint8Array.of(1) });
      expect(await child.load(address, 1)).toEqual({ ok: true, value: Uint8Array.of(2) });
      await process.close(fd);
      expect((await child.ioctl({ fd, ...pdCreate(abi) })).ok).toBe(true);
      await child.exit();
    });

    it('refuses controls on a device that is not there', async () => {
      const { backend } = await opened();
      for (const control of CONTROLS) expect((await backend.control(control)).ok).toBe(false);
    });

    it('closes everything at reset and finds nothing left', async () => {
      const { backend, abi, file } = await opened();
      const { process, fd } = await file();
      expect((await process.ioctl({ fd, ...pdCreate(abi) })).ok).toBe(true);
      expect(await backend.reset()).toEqual({ leaked: {} });
      expect(await process.ioctl({ fd, ...pdCreate(abi) })).toEqual({ ok: false, errno: ERRNO.EBADF });
    });
  });
}
