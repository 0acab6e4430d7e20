/** The sources of kernels that the tables are held against: those that were fetched, and any others that are named. */
import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { makefileVersion } from './header_sets.ts';

export interface SourceSet {
  readonly name: string;
  /** `major.minor` of the kernel. */
  readonly version: string;
  /** Folder with drivers/ and include/. */
  readonly folder: string;
}

/** Folders with colons between them: the top of each source, or of a part of it. */
export const SOURCES = 'RDMA_KERNEL_SOURCES';
const FETCHED = 'build/linux-vm';
const CORE = 'drivers/infiniband/core';
const DEPTH = 6;

export function sourceSets(root: string): readonly SourceSet[] {
  const named = (process.env[SOURCES] ?? '').split(':').filter((folder) => folder !== '');
  const wrong = named.filter((folder) => !isSource(folder));
  if (wrong.length > 0) throw new Error(`${SOURCES}: no ${CORE} in ${wrong.join(', ')}`);
  return [...below(join(root, FETCHED), DEPTH), ...named].map((folder) => {
    const version = versionOf(folder);
    return { name: `${folder}, Linux ${version}`, version, folder };
  });
}

function isSource(folder: string): boolean {
  return existsSync(join(folder, CORE, 'uverbs_cmd.c')) && existsSync(join(folder, 'include/uapi/rdma'));
}

/** A part of a source has no Makefile; Debian names the folder after the version. */
function versionOf(folder: string): string {
  const makefile = join(folder, 'Makefile');
  return existsSync(makefile) ? makefileVersion(makefile) : (/linux-source-(\d+\.\d+)/.exec(folder)?.[1] ?? '?.?');
}

function below(folder: string, depth: number): readonly string[] {
  if (depth === 0 || !existsSync(folder)) return [];
  if (isSource(folder)) return [folder];
  return readdirSync(folder, { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .flatMap((entry) => below(join(folder, entry.name), depth - 1));
}

/** What the core declares of its ABI, as it stands in the sources: declarations of methods, and lists of definitions. */
export function declarations({ folder }: SourceSet): { readonly methods: string; readonly definitions: string } {
  const core = join(folder, CORE);
  const files = readdirSync(core).filter((file) => /^uverbs_(std_types.*|cmd)\.c$/.test(file));
  const text = files.map((file) => readFileSync(join(core, file), 'utf8')).join('\n');
  const methods = [...text.matchAll(/^DECLARE_UVERBS_NAMED_METHOD(?:_DESTROY)?\([\s\S]*?\)\);/gm)].map(([one]) => one);
  const definitions = [...text.matchAll(/^const struct uapi_definition \w+\[\] = \{\n([\s\S]*?)\n\};/gm)].map(
    ([, inside = '']) => inside.replace(/^\s*(\{\},?|UAPI_DEF_CHAIN\(.*)$/gm, ''),
  );
  return { methods: methods.join('\n'), definitions: definitions.join('\n') };
}
