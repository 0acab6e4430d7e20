/** The file system of a guest: init, the agent, and modules; a few megabytes, made anew for every start. */
import { readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { FILE, FOLDER, PROGRAM, archive, type Entry } from './cpio.ts';
import { fetchCommand, modulesOf, type Driver, type Kernel } from './kernels.ts';
import { agentFile, needed } from './place.ts';

const FOLDERS = ['bin', 'dev', 'etc', 'lib', 'lib/conform', 'lib/modules', 'proc', 'sys', 'tmp'] as const;

export interface InitramfsOptions {
  readonly cache: string;
  readonly kernel: Kernel;
  readonly driver: Driver;
  /** The agent's program; that of the project where absent. */
  readonly agent?: string;
}

export function initramfs({ cache, kernel, driver, agent = agentFile(cache) }: InitramfsOptions): Buffer {
  const fetch = fetchCommand(kernel.series);
  const modules = modulesOf(kernel.series, driver).map((name) =>
    file(`lib/modules/${name}.ko`, needed(join(kernel.modules, `${name}.ko`), fetch)),
  );
  const ours = kernel.ours.map((path) => file(`lib/conform/${basename(path)}`, readFileSync(path)));
  const order = [...modules, ...ours].map(({ path }) => `/${path}\n`).join('');
  return archive([
    ...FOLDERS.map((path): Entry => ({ path, mode: FOLDER })),
    { path: 'init', mode: PROGRAM, bytes: needed(join(cache, 'init'), fetch) },
    { path: 'bin/conformd', mode: PROGRAM, bytes: needed(agent, fetch) },
    ...modules,
    ...ours,
    file('etc/modules', Buffer.from(order)),
    file('etc/driver', Buffer.from(`${driver}\n`)),
  ]);
}

function file(path: string, bytes: Uint8Array): Entry {
  return { path, mode: FILE, bytes };
}
