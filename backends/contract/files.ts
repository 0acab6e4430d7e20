/** What every backend must do whatever the device is: processes, files, memory, reset. */
import { describe, expect, it } from 'vitest';
import { ERRNO } from '../../spec/errno.ts';
import { FD_CLOEXEC, O_NONBLOCK, POLL, type Backend, type Control } from '../backend.ts';
import { openedForAll } from './opened.ts';

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

export function filesContract(name: string, open: () => Promise<Backend>): void {
  describe(`${name} keeps the contract on files`, () => {
    const opened = openedForAll(open);

    it('describes itself', async () => {
      const { backend } = opened();
      const description = await backend.describe();
      expect(description.implementation).not.toBe('');
      expect(description.devices.length).toBeGreaterThan(0);
      expect(await backend.describe()).toEqual(description);
    });

    it('opens its device and the system-wide node that it tells of, and nothing else', async () => {
      const { backend, path } = opened();
      const process = await backend.process();
      const { system } = await backend.describe();
      if (system !== undefined) expect((await process.open(system.path)).ok).toBe(true);
      expect((await process.open(path)).ok).toBe(true);
      expect(await process.open('/dev/null-and-void')).toEqual({ ok: false, errno: ERRNO.ENOENT });
    });

    it('numbers files per process, the lowest first', async () => {
      const { backend, path } = opened();
      const [one, two] = [await backend.process(), await backend.process()];
      const [a, b, c] = [await one.open(path), await one.open(path), await two.open(path)];
      if (!a.ok || !b.ok || !c.ok) throw new Error('the device cannot be opened three times');
      expect(b.value).toBeGreaterThan(a.value);
      expect(c.value).toBe(a.value);
      await one.close(a.value);
      expect(await one.open(path)).toEqual(a);
    });

    it('refuses to read, poll or ask flags of what is not open', async () => {
      const { process } = await opened().file();
      const refused = { ok: false, errno: ERRNO.EBADF };
      expect(await process.read(NEVER, 16)).toEqual(refused);
      expect(await process.write({ fd: NEVER, regions: [{ bytes: new Uint8Array(8) }], patches: [] })).toEqual(refused);
      expect(await process.fcntl(NEVER, 'F_GETFL')).toEqual(refused);
      expect(await process.poll([{ fd: NEVER, events: POLL.IN }], false)).toEqual({ ok: true, value: [POLL.NVAL] });
    });

    it('writes what is cut in two pieces one piece after the other', async () => {
      const { process, fd } = await opened().file();
      const write = (length: number, pieces: { readonly cut?: number } = {}): ReturnType<typeof process.write> =>
        process.write({ fd, regions: [{ bytes: new Uint8Array(length) }], patches: [], ...pieces });
      const first = await write(4);
      // Zeros are no command; where a file takes all there is, it takes both.
      expect(await write(8, { cut: 4 })).toEqual(first.ok ? { ok: true, value: 8 } : first);
      expect(await write(8, { cut: 8 })).toEqual(await write(8));
    });

    it('keeps the flags of a descriptor and of the file behind it', async () => {
      const { process, fd } = await opened().file();
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

    it('maps and unmaps memory; beyond it is a fault', async () => {
      const { process } = await opened().file();
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
      const { backend } = opened();
      for (const control of CONTROLS) expect((await backend.control(control)).ok).toBe(false);
    });

    it('opens files close-on-exec', async () => {
      const { process, fd } = await opened().file();
      expect(await process.fcntl(fd, 'F_GETFD')).toEqual({ ok: true, value: FD_CLOEXEC });
    });

    it('answers EBADF on a file that is not open', async () => {
      const { process, fd } = await opened().file();
      const call = { fd, request: 0, regions: [], patches: [] };
      const refused = { ok: false, errno: ERRNO.EBADF };
      expect((await process.close(fd)).ok).toBe(true);
      expect(await process.ioctl(call)).toEqual(refused);
      expect(await process.close(fd)).toEqual(refused);
    });

    it('tells processes apart, and knows no file of another one', async () => {
      const { backend, file } = opened();
      const { process, fd } = await file();
      const other = await backend.process();
      expect(other.pid).not.toBe(process.pid);
      expect(await other.fcntl(fd, 'F_GETFD')).toEqual({ ok: false, errno: ERRNO.EBADF });
    });

    it('serves calls that are in flight together', async () => {
      const { process, fd } = await opened().file();
      const begun = Array.from({ length: 300 }, () => process.fcntl(fd, 'F_GETFD'));
      const answers = await Promise.all(begun);
      expect(answers.every((answer) => answer.ok)).toBe(true);
    });

    it('gives a child the files of its parent, and memory of its own', async () => {
      const { process, fd } = await opened().file();
      const memory = await process.map(-1, 4096);
      if (!memory.ok) throw new Error('there is no memory');
      await process.store(memory.value, new Uint8Array([1, 2]));
      const child = await process.fork();
      expect(child.pid).not.toBe(process.pid);
      await child.store(memory.value, new Uint8Array([9]));
      expect(await process.load(memory.value, 2)).toEqual({ ok: true, value: new Uint8Array([1, 2]) });
      expect(await child.load(memory.value, 2)).toEqual({ ok: true, value: new Uint8Array([9, 2]) });
      await process.close(fd);
      expect((await child.fcntl(fd, 'F_GETFD')).ok).toBe(true);
    });

    it('passes a file to another process, which keeps it when the first one closes it or ends', async () => {
      const { backend, file } = opened();
      const { process, fd } = await file();
      const other = await backend.process();
      const sent = await process.sendFd(fd, other);
      if (!sent.ok) throw new Error('the file cannot be passed');
      await process.close(fd);
      expect(await process.sendFd(fd, other)).toEqual({ ok: false, errno: ERRNO.EBADF });
      await process.exit();
      expect((await other.fcntl(sent.value, 'F_GETFD')).ok).toBe(true);
    });

    it('closes everything at reset and at the end of a process', async () => {
      const { backend, file } = opened();
      const [{ process, fd }, ended] = [await file(), await file()];
      const refused = { ok: false, errno: ERRNO.EBADF };
      await ended.process.exit();
      expect(await ended.process.fcntl(ended.fd, 'F_GETFD')).toEqual(refused);
      await backend.begin?.('contract#reset');
      expect((await backend.reset()).leaked).toEqual({});
      expect(await process.fcntl(fd, 'F_GETFD')).toEqual(refused);
      expect((await file()).process.pid).not.toBe(process.pid);
    });
  });
}
