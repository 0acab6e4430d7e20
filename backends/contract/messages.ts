/** What every backend must do whose device takes messages. They are made by the ABI it says it speaks. */
import { describe, expect, it } from 'vitest';
import { abiOf } from '../../spec/abi/registry.ts';
import type { Abi, Encoded } from '../../spec/abi/abi.ts';
import { ERRNO } from '../../spec/errno.ts';
import type { Spec } from '../../spec/model.ts';
import { O_NONBLOCK, POLL, type Backend, type Process } from '../backend.ts';
import { openedForAll } from './opened.ts';

/** A channel for asynchronous events. */
async function channelOf(abi: Abi, process: Process, fd: number): Promise<number> {
  const call = { object: 'async_event', method: 'create_fd', attributes: {} };
  const encoded = abi.encode(abi.draft(call));
  const answer = await process.ioctl({ fd, ...encoded });
  if (!answer.ok) throw new Error('there are no channels for asynchronous events');
  return abi.reply(call, encoded).handle;
}

const pdCreate = (abi: Abi): Encoded => abi.encode(abi.draft({ object: 'pd', method: 'create', attributes: {} }));

export function messagesContract(name: string, spec: Spec, open: () => Promise<Backend>): void {
  describe(`${name} keeps the contract on messages`, () => {
    const found = openedForAll(open);
    /** The device open and ready for calls. */
    const opened = () => {
      const { backend, description, file } = found();
      const abi = abiOf(spec, description.abi, description.driver);
      const greeted = async () => {
        const { process, fd } = await file();
        for (const encoded of abi.greeting()) await process.ioctl({ fd, ...encoded });
        return { process, fd };
      };
      return { backend, abi, file: greeted };
    };

    it('answers EBADF on a file that is not open', async () => {
      const { abi, file } = opened();
      const { process, fd } = await file();
      await process.close(fd);
      expect(await process.ioctl({ fd, ...pdCreate(abi) })).toEqual({ ok: false, errno: ERRNO.EBADF });
      expect(await process.close(fd)).toEqual({ ok: false, errno: ERRNO.EBADF });
    });

    it('writes outputs into the memory of the call, and faults where memory ends', async () => {
      const { abi, file } = opened();
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
      const { backend, abi, file } = opened();
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
      const { backend, abi, file } = opened();
      const { fd } = await file();
      const other = await backend.process();
      expect(await other.ioctl({ fd, ...pdCreate(abi) })).toEqual({ ok: false, errno: ERRNO.EBADF });
      expect((await backend.process()).pid).not.toBe(other.pid);
    });

    it('serves calls that are in flight together', async () => {
      const { abi, file } = opened();
      const { process, fd } = await file();
      const calls = Array.from({ length: 32 }, () => pdCreate(abi));
      const answers = await Promise.all(calls.map((encoded) => process.ioctl({ fd, ...encoded })));
      expect(answers.every((answer) => answer.ok)).toBe(true);
      const handles = calls.map(
        (encoded) => abi.reply({ object: 'pd', method: 'create', attributes: {} }, encoded).handle,
      );
      expect(new Set(handles).size).toBe(calls.length);
    });

    it('reads a channel: not yet, then still not, and polls nothing', async () => {
      const { abi, file } = opened();
      const { process, fd } = await file();
      const channel = await channelOf(abi, process, fd);
      expect((await process.fcntl(channel, 'F_SETFL', O_NONBLOCK)).ok).toBe(true);
      expect(await process.read(channel, 64)).toEqual({ ok: false, errno: ERRNO.EAGAIN });
      expect(await process.poll([{ fd: channel, events: POLL.IN }], false)).toEqual({ ok: true, value: [0] });
    });

    it('gives a child the files of its parent, and memory of its own', async () => {
      const { abi, file } = opened();
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
      const { backend, abi, file } = opened();
      const { process, fd } = await file();
      const other = await backend.process();
      const sent = await process.sendFd(fd, other);
      if (!sent.ok) throw new Error('the file cannot be passed');
      await process.close(fd);
      expect((await other.ioctl({ fd: sent.value, ...pdCreate(abi) })).ok).toBe(true);
      expect(await process.sendFd(fd, other)).toEqual({ ok: false, errno: ERRNO.EBADF });
    });

    it('closes everything at reset and finds nothing left', async () => {
      const { backend, abi, file } = opened();
      const { process, fd } = await file();
      expect((await process.ioctl({ fd, ...pdCreate(abi) })).ok).toBe(true);
      expect((await backend.reset()).leaked).toEqual({});
      expect(await process.ioctl({ fd, ...pdCreate(abi) })).toEqual({ ok: false, errno: ERRNO.EBADF });
    });
  });
}
