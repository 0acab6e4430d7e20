import { existsSync, mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { createConnection, createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { projectSpec } from '../../../spec/project_spec.ts';
import { BackendError, type Backend } from '../../backend.ts';
import { BACKENDS } from '../../registry.ts';
import { daemonBackend } from '../client.ts';
import { protocolSchemas } from '../schemas.ts';
import { connectSocket } from '../socket_link.ts';
import { listen, type Listening } from './listen.ts';

const spec = projectSpec();
const matching = (pattern: RegExp | string): unknown => expect.stringMatching(pattern);

let folder: string;
let path: string;
let listening: Listening | undefined;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'listen-'));
  path = join(folder, 'socket');
});

afterEach(async () => {
  await listening?.close();
  listening = undefined;
  rmSync(folder, { recursive: true });
});

async function serving(): Promise<void> {
  const open = (): Promise<Backend> => {
    const entry = BACKENDS.find(({ id }) => id === 'emulator-uverbs');
    if (entry === undefined) throw new Error('there is no emulator');
    return entry.open({ spec, model: 'verbs', seed: 1 });
  };
  listening = await listen(path, await protocolSchemas(), { agent: 'test', open, validate: true });
}

const client = () => daemonBackend({ connect: () => connectSocket(path), deadline: 10_000 });

describe('a socket', () => {
  it('is for its owner alone', async () => {
    await serving();
    expect(statSync(path).mode & 0o777).toBe(0o600);
  });

  it('takes one client at a time', async () => {
    await serving();
    const first = await client();
    const thrown: unknown = await client().catch((error: unknown) => error);
    expect(thrown).toBeInstanceOf(BackendError);
    expect(thrown).toMatchObject({
      kind: 'resource',
      message: matching(/there is a client already; one at a time/),
    });
    expect((await first.describe()).abi).toBe('uverbs');
    await first.close();
    const second = await client();
    expect((await second.describe()).abi).toBe('uverbs');
    await second.close();
  });

  it('gives each client a backend of its own', async () => {
    await serving();
    const first = await client();
    await first.process();
    const { pid } = await first.process();
    await first.close();
    const second = await client();
    expect((await second.process()).pid).toBeLessThan(pid);
    await second.close();
  });

  it('goes on when a client vanishes', async () => {
    await serving();
    const link = await connectSocket(path);
    link.to.write('{"half');
    await link.end(false);
    await expect.poll(async () => (await client()).close(), { timeout: 20_000 }).toBeUndefined();
  });

  it('replaces a socket that nobody listens on, and nothing else', async () => {
    const left = createServer();
    await new Promise<void>((resolve) => left.listen(path, resolve));
    await expect(serving()).rejects.toThrow(/another server listens there/);
    // Closing would take the socket away, as a server that was killed could not.
    const link = join(folder, 'kept');
    const { linkSync, renameSync } = await import('node:fs');
    linkSync(path, link);
    await new Promise((resolve) => left.close(resolve));
    renameSync(link, path);
    await serving();
    await listening?.close();
    listening = undefined;
    expect(existsSync(path)).toBe(false);
    writeFileSync(path, 'mine');
    await expect(serving()).rejects.toThrow(/is there already and is no socket/);
  });

  it('is not open to the network', async () => {
    await serving();
    const socket = createConnection({ path });
    await new Promise((resolve) => socket.once('connect', resolve));
    expect(socket.remoteAddress).toBeUndefined();
    socket.destroy();
  });
});
