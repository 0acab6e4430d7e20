/**
 * The folder the site is published in. A new one is built beside it and takes its place when it is whole, so that
 * whatever breaks on the way leaves the old one as it was.
 */
import { existsSync, mkdirSync, readdirSync, realpathSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { basename, dirname, join, resolve } from 'node:path';
import { UsageError, messageOf } from '../failure.ts';
import { makeFolder } from '../result/folder.ts';

/** Says that a folder is a site of ours, which may be replaced. */
export const SITE_FILE = '.rdma-conformance-site';

/** A folder being built. */
export interface Draft {
  /** Where the site will be: absolute, without symbolic links. */
  readonly target: string;
  /** Where it is to be written. */
  readonly folder: string;
  /** Puts it in the place of the old one. `about` is written to the file that marks it as ours. */
  publish(about: string): void;
  /** Takes away what is left of it; the old one stays. */
  discard(): void;
}

/** Refuses a place that holds anything but a site of ours, or cannot be written. */
export function draftAt(path: string): Draft {
  try {
    const target = existsSync(path) ? realpathSync(path) : resolve(path);
    makeFolder(dirname(target));
    recover(target);
    const there = existsSync(target) ? readdirSync(target) : [];
    if (there.length > 0 && !there.includes(SITE_FILE)) throw new Error('it holds files and is no site of this tool');
    return draftBeside(target);
  } catch (thrown) {
    throw new UsageError(`${path}: cannot be written: ${messageOf(thrown)}; choose another with --out`);
  }
}

function draftBeside(target: string): Draft {
  const [fresh, old] = [beside(target, 'new'), beside(target, 'old')];
  const folder = join(fresh, 'site');
  mkdirSync(fresh);
  // The site generator runs scripts from here that are no modules; the nearest package.json decides that, and without
  // one of its own the folder could lie below one that says otherwise.
  writeFileSync(join(fresh, 'package.json'), '{}\n');
  return {
    target,
    folder,
    publish: (about) => {
      writeFileSync(join(folder, SITE_FILE), about);
      if (existsSync(target)) renameSync(target, old);
      try {
        renameSync(folder, target);
      } catch (thrown) {
        if (existsSync(old)) renameSync(old, target);
        throw thrown;
      }
      rmSync(old, { recursive: true, force: true });
    },
    discard: () => {
      rmSync(fresh, { recursive: true, force: true });
    },
  };
}

function beside(target: string, what: 'new' | 'old'): string {
  return join(dirname(target), `.${basename(target)}.${String(process.pid)}.${what}`);
}

/** Clears up after builds that were killed; one that died between its two renames gets the old site back. */
function recover(target: string): void {
  const parent = dirname(target);
  for (const name of readdirSync(parent)) {
    const [, of, pid, what] = /^\.(.+)\.(\d+)\.(new|old)$/.exec(name) ?? [];
    if (of !== basename(target) || isRunning(Number(pid))) continue;
    const left = join(parent, name);
    if (what === 'old' && !existsSync(target)) renameSync(left, target);
    else rmSync(left, { recursive: true });
  }
}

export function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (thrown) {
    return (thrown as NodeJS.ErrnoException).code === 'EPERM';
  }
}
