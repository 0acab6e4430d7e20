/** A guest that is ready, kept in files, so that the next one needs no boot. */
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, mkdtempSync, readdirSync, renameSync, rmSync, statSync } from 'node:fs';
import { join } from 'node:path';

/** Milliseconds after which a snapshot that is still being made belongs to nobody. */
const ABANDONED = 15 * 60 * 1000;
const PARTIAL = 'partial-';

/** What a snapshot depends on: it is good for exactly the same again. */
export interface Origin {
  /** What it is called before its digest, such as `6.1-rxe-1`. */
  readonly name: string;
  readonly qemu: string;
  readonly arguments: readonly string[];
  readonly image: Uint8Array;
  readonly initramfs: Uint8Array;
}

export function snapshotName({ name, qemu, arguments: args, image, initramfs }: Origin): string {
  const digest = (bytes: string | Uint8Array): string => createHash('sha256').update(bytes).digest('hex');
  const parts = [qemu, JSON.stringify(args), digest(image), digest(initramfs)];
  return `${name}-${digest(parts.join('\n')).slice(0, 16)}`;
}

/** Files of a snapshot. */
export interface Snapshot {
  readonly folder: string;
  /** The guest's memory, as large as that; sparse. */
  readonly memory: string;
  /** Everything else of the machine. */
  readonly state: string;
}

export function filesIn(folder: string): Snapshot {
  return { folder, memory: join(folder, 'memory'), state: join(folder, 'state') };
}

export function findSnapshot(all: string, name: string): Snapshot | undefined {
  const folder = join(all, name);
  return existsSync(folder) ? filesIn(folder) : undefined;
}

/** A folder to make one in, which nobody takes for a snapshot yet. */
export function beginSnapshot(all: string): Snapshot {
  mkdirSync(all, { recursive: true });
  return filesIn(mkdtempSync(join(all, PARTIAL)));
}

/** Puts a complete one in its place, unless another process was first, and removes the older ones of the same origin. */
export function keepSnapshot(all: string, begun: Snapshot, name: string, full: string): Snapshot {
  if (existsSync(join(all, full))) rmSync(begun.folder, { recursive: true });
  else renameSync(begun.folder, join(all, full));
  for (const other of readdirSync(all)) {
    const path = join(all, other);
    const outdated = other !== full && other.startsWith(`${name}-`);
    if (outdated || (other.startsWith(PARTIAL) && Date.now() - statSync(path).mtimeMs > ABANDONED))
      rmSync(path, { recursive: true, force: true });
  }
  return filesIn(join(all, full));
}
