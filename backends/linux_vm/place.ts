/** Where the kernels, what runs in a guest, and the snapshots lie. `fetch.sh` fills the same folder. */
import { existsSync, readFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { dirname, join } from 'node:path';
import { BackendError } from '../backend.ts';

/** The folder with package.json: this file is compiled to build/backends/linux_vm/. */
export const ROOT = rootOf(import.meta.dirname);

function rootOf(folder: string): string {
  return existsSync(join(folder, 'package.json')) ? folder : rootOf(dirname(folder));
}

/** build/linux-vm in a clone; an installed package never writes into itself. */
export function cacheFolder(env: NodeJS.ProcessEnv = process.env, root = ROOT): string {
  const named = env['RDMA_CONFORMANCE_LINUX_VM'];
  if (named !== undefined && named !== '') return named;
  if (isClone(root)) return join(root, 'build', 'linux-vm');
  const caches = env['XDG_CACHE_HOME'];
  const all = caches !== undefined && caches !== '' ? caches : join(homedir(), '.cache');
  return join(all, 'rdma-conformance', 'linux-vm');
}

/** The agent as `fetch.sh` builds it; in a clone where `make -C backends/conformd` leaves it too. */
export function agentFile(cache: string, root = ROOT): string {
  return join(isClone(root) ? join(root, 'build') : cache, 'conformd', 'conformd');
}

function isClone(root: string): boolean {
  return existsSync(join(root, 'tsconfig.json'));
}

/** The bytes of a file a guest cannot do without; where it is missing, `command` makes it. */
export function needed(path: string, command: string): Buffer {
  try {
    return readFileSync(path);
  } catch (thrown) {
    throw new BackendError('config', `${path} is missing; this makes it: ${command}`, { cause: thrown });
  }
}
