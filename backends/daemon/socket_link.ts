/** A link over a unix stream socket. */
import { createConnection } from 'node:net';
import { BackendError } from '../backend.ts';
import type { Link } from './link.ts';

/** Rejects with BackendError `config` where nobody listens at the path. */
export function connectSocket(path: string): Promise<Link> {
  return new Promise((resolve, reject) => {
    const socket = createConnection({ path });
    socket.once('error', (error) => {
      reject(new BackendError('config', `unix:${path}: ${error.message}`));
    });
    socket.once('connect', () => {
      resolve({
        from: socket,
        to: socket,
        end: () => {
          socket.destroy();
          return Promise.resolve();
        },
      });
    });
  });
}
