/** A unix socket that takes one client at a time; nobody but its owner can reach it. */
import { chmodSync, lstatSync, unlinkSync } from 'node:fs';
import { createConnection, createServer, type Server, type Socket } from 'node:net';
import { isMainThread } from 'node:worker_threads';
import { BackendError } from '../../backend.ts';
import { CODE } from '../errors.ts';
import type { Schemas } from '../schemas.ts';
import { serveClient } from './serve.ts';
import type { SessionOptions } from './session.ts';

const OWNER_ONLY = 0o600;

export interface Listening {
  /** Ends the client that is there and takes no more; the socket is taken away. */
  close(): Promise<void>;
}

/** Rejects with BackendError `config` where the path is taken or cannot be made. */
export async function listen(path: string, schemas: Schemas, options: SessionOptions): Promise<Listening> {
  await clear(path);
  let client: Socket | undefined;
  const server = createServer({ allowHalfOpen: true }, (socket) => {
    socket.on('error', () => undefined);
    if (client !== undefined) {
      const error = { code: CODE.resource, message: 'there is a client already; one at a time' };
      socket.end(`${JSON.stringify({ jsonrpc: '2.0', id: null, error })}\n`);
      socket.resume();
      return;
    }
    client = socket;
    void serveClient(socket, socket, schemas, options).finally(() => {
      client = undefined;
      socket.end();
      socket.destroySoon();
    });
  });
  await bound(server, path);
  return {
    close: () =>
      new Promise((resolve) => {
        server.close(() => {
          resolve();
        });
        client?.destroy();
      }),
  };
}

/** A socket that an earlier server left behind is taken away; anything else at the path is somebody's. */
async function clear(path: string): Promise<void> {
  const there = lstatSync(path, { throwIfNoEntry: false });
  if (there === undefined) return;
  if (!there.isSocket()) throw new BackendError('config', `${path}: is there already and is no socket`);
  const answered = await new Promise<boolean>((resolve) => {
    const probe = createConnection({ path });
    probe.once('connect', () => {
      probe.destroy();
      resolve(true);
    });
    probe.once('error', () => {
      resolve(false);
    });
  });
  if (answered) throw new BackendError('config', `${path}: another server listens there`);
  unlinkSync(path);
}

async function bound(server: Server, path: string): Promise<void> {
  // Between being made and being restricted it must not be open to others either; threads have no mask of their own.
  const before = isMainThread ? process.umask(0o177) : undefined;
  try {
    await new Promise<void>((resolve, reject) => {
      server.once('error', (error) => {
        reject(new BackendError('config', `${path}: ${error.message}`));
      });
      server.listen({ path }, () => {
        resolve();
      });
    });
  } finally {
    if (before !== undefined) process.umask(before);
  }
  chmodSync(path, OWNER_ONLY);
}
