/**
 * What a call behind the daemon protocol costs beside an echo of the same bytes over the same kind of socket: one at a time,
 * and many at once. The other side is a process of its own each time. `npm run bench`.
 */
import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { createConnection, createServer, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Encoded } from '../../spec/abi/abi.ts';
import { daemonBackend } from '../../backends/daemon/client.ts';
import { connectSocket } from '../../backends/daemon/socket_link.ts';
import { ROOT } from '../project.ts';

const ROUNDS = 7;
const ALONE = 2000;
const TOGETHER = 64;
const BATCHES = 200;
/** A message as calls have it: a header and four attributes. On a file that is not open: no device is at work. */
const CALL: Encoded & { readonly fd: number } = {
  fd: 700,
  request: 0xc0181b01,
  regions: [{ bytes: new Uint8Array(88) }, { bytes: new Uint8Array(16), guard: true }],
  patches: [{ into: 0, offset: 48, region: 1, target: 0 }],
};

/** Microseconds for each of `count` rounds of `work`. */
async function each(count: number, work: () => Promise<unknown>): Promise<number> {
  const began = performance.now();
  for (let i = 0; i < count; i += 1) await work();
  return ((performance.now() - began) / count) * 1000;
}

function median(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0;
}

/** Sends bytes and resolves when as many have come back. */
function echoed(socket: Socket, bytes: Buffer): Promise<void> {
  return new Promise((resolve) => {
    let due = bytes.length;
    const take = (chunk: Buffer): void => {
      due -= chunk.length;
      if (due > 0) return;
      socket.off('data', take);
      resolve();
    };
    socket.on('data', take);
    socket.write(bytes);
  });
}

/** The line that a call is, for the echo to send as it is. */
function lineOf({ fd, request, regions, patches }: typeof CALL): Buffer {
  const hex = regions.map(({ bytes, guard }) => ({
    bytes: Buffer.from(bytes).toString('hex'),
    ...(guard && { guard }),
  }));
  const params = {
    process: 100,
    fd,
    request,
    regions: hex,
    patches: patches.map(({ into, offset, region, target }) => [into, offset, region, target]),
  };
  return Buffer.from(`${JSON.stringify({ jsonrpc: '2.0', id: 1000, method: 'ioctl', params })}\n`);
}

async function started(path: string, ...args: readonly string[]): Promise<ChildProcess> {
  const child = spawn(process.execPath, args, { stdio: ['ignore', 'inherit', 'pipe'] });
  // Both sides say on standard error that they listen.
  await once(child.stderr, 'data');
  if (child.exitCode !== null) throw new Error(`nobody listens on ${path}`);
  return child;
}

function row(name: string, echo: readonly number[], protocol: readonly number[]): string {
  const [raw, ours] = [median(echo), median(protocol)];
  return `  ${name.padEnd(30)} echo ${raw.toFixed(1).padStart(6)} us, protocol ${ours.toFixed(1).padStart(6)} us, ratio ${(ours / raw).toFixed(2)}`;
}

async function measure(folder: string): Promise<void> {
  const [plain, daemon] = [join(folder, 'echo'), join(folder, 'daemon')];
  const children = [
    await started(plain, fileURLToPath(import.meta.url), plain),
    await started(daemon, join(ROOT, 'build', 'runner', 'main.js'), 'serve', '--listen', daemon),
  ];
  try {
    const socket = createConnection({ path: plain });
    await once(socket, 'connect');
    const backend = await daemonBackend({ connect: () => connectSocket(daemon), deadline: 10_000 });
    const process = await backend.process();
    const line = lineOf(CALL);
    const lines = Buffer.concat(Array.from({ length: TOGETHER }, () => line));
    const many = () => Promise.all(Array.from({ length: TOGETHER }, () => process.ioctl(CALL)));
    const times = { echo: [] as number[], protocol: [] as number[], echoes: [] as number[], calls: [] as number[] };
    for (let round = 0; round < ROUNDS; round += 1) {
      times.echo.push(await each(ALONE, () => echoed(socket, line)));
      times.protocol.push(await each(ALONE, () => process.ioctl(CALL)));
      times.echoes.push((await each(BATCHES, () => echoed(socket, lines))) / TOGETHER);
      times.calls.push((await each(BATCHES, many)) / TOGETHER);
    }
    console.log(
      `a call of ${String(line.length)} bytes over a unix socket, medians of ${String(ROUNDS)} rounds in turns`,
    );
    console.log(row('one at a time', times.echo, times.protocol));
    console.log(row(`${String(TOGETHER)} at once, each`, times.echoes, times.calls));
    socket.destroy();
    await backend.close();
  } finally {
    for (const child of children) child.kill();
  }
}

const [path] = process.argv.slice(2);
if (path === undefined) {
  const folder = mkdtempSync(join(tmpdir(), 'round-trip-'));
  try {
    await measure(folder);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
} else {
  createServer((socket) => socket.pipe(socket)).listen(path, () => {
    console.error(`echoing on ${path}`);
  });
}
