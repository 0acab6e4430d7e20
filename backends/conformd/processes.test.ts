/** Processes of conformd: what is theirs, what they share, how they wait and how they end. */
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, describe, expect, it } from 'vitest';
import { build, endAll, session, type Client, type Reply } from './running_agent.ts';

const built = build();
const folder = mkdtempSync(join(tmpdir(), 'conformd-'));
/** What is written to it can be read from it, and whoever reads from it waits until then. */
const fifo = join(folder, 'fifo');
execFileSync('mkfifo', [fifo]);
const file = join(folder, 'file');
writeFileSync(file, Buffer.alloc(4096, 7));
afterAll(() => {
  rmSync(folder, { recursive: true });
});

const TIOCGPTN = 0x80045430;
const EAGAIN = 11;
const EFAULT = 14;

describe.skipIf(!built)('a process of conformd', () => {
  afterEach(endAll);

  /** A process that has one file open. */
  async function opened(path: string): Promise<{ client: Client; process: number; fd: number }> {
    const client = await session(path);
    const process = await client.process();
    return { client, process, fd: await client.open(process, path) };
  }

  const write = (process: number, fd: number, bytes: string) => ({
    process,
    fd,
    regions: [{ bytes }],
    patches: [],
  });

  it('answers calls that were sent together, in whatever ways they are read', async () => {
    const { client, process, fd } = await opened('/dev/ptmx');
    const other = await client.process();
    await client.open(other, '/dev/ptmx');
    for (const processes of [[process], [process, other]]) {
      const lines = Array.from({ length: 600 }, (_, index) =>
        client.line('ioctl', {
          process: processes[index % processes.length],
          fd,
          request: TIOCGPTN,
          regions: [{ bytes: 'ffffffff' }],
          patches: [],
        }),
      );
      client.say(lines.join(''));
      for (let left = lines.length; left > 0; left--)
        expect(((await client.hear()) as Reply).result).toMatchObject({ value: 0 });
    }
  });

  it('tells what changed, by region, and no address of its own', async () => {
    const { client, process, fd } = await opened('/dev/ptmx');
    const ioctl = (regions: object[], patches: number[][]) =>
      client.call('ioctl', { process, fd, request: 0x5401, regions, patches });
    const quiet = { bytes: 'aa'.repeat(16) };
    const { regions } = await ioctl(
      [{ bytes: 'ee'.repeat(64) }, quiet],
      [
        [1, 8, 0, 4],
        [0, 52, 1, 0],
      ],
    );
    expect(Object.keys(regions as object)).toEqual(['0']);
    const bytes = (regions as Record<string, string>)['0'];
    expect(bytes?.slice(104, 120)).toBe('ee'.repeat(8));
    expect(bytes?.slice(0, 16)).not.toBe('ee'.repeat(8));
  });

  it('has memory that ends where it is told to, and keeps what is read-only', async () => {
    const { client, process, fd } = await opened('/dev/ptmx');
    const ioctl = (region: object) =>
      client.call('ioctl', { process, fd, request: TIOCGPTN, regions: [region], patches: [] });
    expect(await ioctl({ bytes: 'ffffffff', guard: true })).toMatchObject({ value: 0 });
    expect(await ioctl({ bytes: 'ffffff', guard: true })).toEqual({ errno: EFAULT });
    expect(await ioctl({ bytes: '', guard: true })).toEqual({ errno: EFAULT });
    expect(await ioctl({ bytes: 'ffffffff', readOnly: true })).toEqual({ errno: EFAULT });
    expect(await ioctl({ bytes: 'ffffffff'.repeat(3000), readOnly: true, guard: true })).toEqual({ errno: EFAULT });
    expect(await ioctl({ bytes: 'ffffffff' })).toMatchObject({ value: 0 });
  });

  it('turns every fault of a load or a store into an answer, also behind the end of a file', async () => {
    const { client, process, fd } = await opened(file);
    const address = (await client.call('map', { process, fd, length: 8192, offset: 0 }))['value'] as string;
    const at = (offset: number) => `0x${(BigInt(address) + BigInt(offset)).toString(16)}`;
    expect(await client.call('load', { process, address, length: 2 })).toEqual({ value: '0707' });
    expect(await client.call('store', { process, address: at(4092), bytes: '01020304' })).toEqual({ value: 0 });
    expect(readFileSync(file).subarray(4092)).toEqual(Buffer.from([1, 2, 3, 4]));
    for (const length of [1, 2, 4, 8, 100])
      expect(await client.call('load', { process, address: at(4096), length })).toEqual({ errno: EFAULT });
    for (const wild of ['0x0', '0x1000', '0xffffffffffffffff', at(8192), at(-1)])
      expect(await client.call('store', { process, address: wild, bytes: '00' })).toEqual({ errno: EFAULT });
    expect(await client.call('unmap', { process, address, length: 4096 })).toEqual({ errno: 22 });
    expect(await client.call('unmap', { process, address, length: 8192 })).toEqual({ value: 0 });
  });

  it('holds nothing up while a call waits, however it came', async () => {
    const { client, process, fd } = await opened(fifo);
    // So many that the process reads lines by itself; then the pipe is full, and a write waits.
    for (let i = 0; i < 16; i++) await client.call('write', write(process, fd, '00'.repeat(3584)));
    client.say(client.line('write', write(process, fd, '00'.repeat(65536)), 500));
    expect(await client.call('ping', {})).toEqual({});
    expect(await client.call('fcntl', { process, fd, command: 'F_GETFD', argument: 0 })).toEqual({ value: 1 });
    for (let tries = 0; ; tries++) {
      const { id, result } = await client.ask('read', { process, fd, length: 16384 });
      if (id === 500) expect(result).toEqual({ value: 65536 });
      if (id === 500) break;
      expect(tries).toBeLessThan(8);
    }
  });

  it('bounds how many calls wait, and answers them all when it is ended', async () => {
    const { client, process, fd } = await opened(fifo);
    const lines = Array.from({ length: 1100 }, () => client.line('read', { process, fd, length: 1 }));
    client.say(lines.join(''));
    for (let i = 0; i < 76; i++) expect(((await client.hear()) as Reply).error?.code).toBe(-32006);
    client.say(client.line('reset', {}, 7));
    for (let i = 0; i < 1024; i++) expect(((await client.hear()) as Reply).error?.code).toBe(-32001);
    expect(await client.hear()).toMatchObject({ id: 7, result: { leaked: {} } });
  });

  it('dies alone', async () => {
    const { client, process, fd } = await opened(fifo);
    const other = await client.process();
    client.say(client.line('read', { process, fd, length: 1 }, 7));
    await client.call('ping', {});
    globalThis.process.kill(process, 'SIGSEGV');
    expect(((await client.hear()) as Reply).error).toMatchObject({
      code: -32001,
      message: `process ${String(process)} was ended by signal 11`,
    });
    expect(await client.open(other, fifo)).toBe(3);
  });

  it('gives a child its files and a copy of its memory, and outlives it', async () => {
    const { client, process, fd } = await opened(fifo);
    await client.call('fcntl', { process, fd, command: 'F_SETFL', argument: 0x800 });
    const address = (await client.call('map', { process, fd: -1, length: 4096, offset: 0 }))['value'];
    await client.call('store', { process, address, bytes: '0102' });
    const child = (await client.call('fork', { process }))['process'] as number;
    await client.call('store', { process: child, address, bytes: 'ff' });
    expect(await client.call('load', { process, address, length: 2 })).toEqual({ value: '0102' });
    expect(await client.call('load', { process: child, address, length: 2 })).toEqual({ value: 'ff02' });
    const grandchild = (await client.call('fork', { process: child }))['process'] as number;
    expect(await client.call('exit', { process: child })).toEqual({});
    await client.call('write', write(grandchild, fd, '2a'));
    expect(await client.call('read', { process, fd, length: 9 })).toEqual({ value: '2a' });
    expect(await client.call('read', { process, fd, length: 9 })).toEqual({ errno: EAGAIN });
  });

  it('knows its own descriptors alone, and not those of the agent', async () => {
    const { client, process, fd } = await opened('/dev/null');
    for (let number = 1020; number < 1030; number++)
      expect(await client.call('close', { process, fd: number })).toEqual({ errno: 9 });
    const other = await client.process();
    expect(await client.call('sendFd', { process, fd: 1024, to: other })).toEqual({ errno: 9 });
    expect(await client.call('sendFd', { process, fd, to: other })).toEqual({ value: 3 });
    expect(await client.call('fcntl', { process: other, fd: 3, command: 'F_GETFD', argument: 0 })).toEqual({
      value: 0,
    });
    expect(await client.call('sendFd', { process, fd, to: process })).toEqual({ value: 4 });
    const events = {
      process,
      entries: [
        [1025, 1],
        [fd, 4],
      ],
      wait: true,
    };
    expect(await client.call('poll', events)).toEqual({ value: [32, 4] });
  });

  it('has no capability where it is not to be privileged, nor has its child', async () => {
    const client = await session('/dev/null');
    const process = await client.process(false);
    const child = (await client.call('fork', { process }))['process'] as number;
    for (const pid of [process, child]) {
      const threads = execFileSync('sh', ['-c', `cat /proc/${String(pid)}/task/*/status`], { encoding: 'utf8' });
      expect(new Set(threads.match(/Cap(Inh|Prm|Eff|Amb):\t\w+/g)?.map((line) => line.slice(8)))).toEqual(
        new Set(['0000000000000000']),
      );
    }
  });

  it('is refused where there are too many', async () => {
    const client = await session('/dev/null');
    for (let i = 0; i < 64; i++) await client.process();
    const { error } = await client.ask('process', { privileged: true });
    expect(error).toEqual({ code: -32005, message: 'no further process: there are limits.processes already' });
    await client.call('reset', {});
    expect(await client.process()).toBeGreaterThan(0);
  });
});
