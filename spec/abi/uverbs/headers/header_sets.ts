/**
 * The sets of kernel headers that the tables are held against: those installed for C programs, those of kernels under test
 * that were fetched, and any others that are named.
 */
import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';

export interface HeaderSet {
  /** Where it comes from, for a reader. */
  readonly name: string;
  /** `major.minor` of the kernel. */
  readonly version: string;
  /** Folder that holds `rdma/`. */
  readonly uapi: string;
  /** The kernel's own rdma/ib_verbs.h, where it is there. */
  readonly internal: string | undefined;
}

/** Folders, with colons between them: of C headers (with `rdma/`), or of a kernel (with `include/uapi/rdma/`). */
export const VARIABLE = 'RDMA_KERNEL_HEADERS';
/** Set to 1 where a kernel that cannot be looked at is a failure. */
export const REQUIRED = 'RDMA_KERNEL_REQUIRED';
/** Where what was fetched to run Linux in a virtual machine is kept. */
const FETCHED = 'build/linux-vm';
const INSTALLED = '/usr/include';
const DEPTH = 8;

export function headerSets(root: string): readonly HeaderSet[] {
  const named = (process.env[VARIABLE] ?? '').split(':').filter((folder) => folder !== '');
  const wrong = named.filter((folder) => headerSet(folder) === undefined);
  if (wrong.length > 0) throw new Error(`${VARIABLE}: no rdma headers in ${wrong.join(', ')}`);
  const fetched = kernelFolders(join(root, FETCHED), DEPTH);
  const sets = [INSTALLED, ...fetched, ...named].flatMap((folder) => headerSet(folder) ?? []);
  return sets.filter(({ uapi }, index) => sets.findIndex((other) => other.uapi === uapi) === index);
}

function headerSet(folder: string): HeaderSet | undefined {
  const tree = join(folder, 'include/uapi');
  const uapi = existsSync(join(tree, 'rdma')) ? tree : folder;
  if (!existsSync(join(uapi, 'rdma/ib_user_ioctl_cmds.h'))) return undefined;
  const version = versionOf(folder);
  const internal = join(folder, 'include/rdma/ib_verbs.h');
  return { name: `${folder}, Linux ${version}`, version, uapi, internal: existsSync(internal) ? internal : undefined };
}

/** From the Makefile of a kernel, or from linux/version.h of C headers. */
function versionOf(folder: string): string {
  const makefile = join(folder, 'Makefile');
  if (existsSync(makefile)) return makefileVersion(makefile);
  const code = Number(/LINUX_VERSION_CODE (\d+)/.exec(readFileSync(join(folder, 'linux/version.h'), 'utf8'))?.[1]);
  return `${String(code >> 16)}.${String((code >> 8) & 0xff)}`;
}

export function makefileVersion(makefile: string): string {
  const text = readFileSync(makefile, 'utf8');
  const part = (name: string): string => new RegExp(`^${name} = (\\d+)$`, 'm').exec(text)?.[1] ?? '?';
  return `${part('VERSION')}.${part('PATCHLEVEL')}`;
}

/** Folders below that hold the headers of a kernel. */
function kernelFolders(folder: string, depth: number): readonly string[] {
  if (depth === 0 || !existsSync(folder)) return [];
  if (existsSync(join(folder, 'include/uapi/rdma'))) return [folder];
  return readdirSync(folder, { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .flatMap((entry) => kernelFolders(join(folder, entry.name), depth - 1));
}
