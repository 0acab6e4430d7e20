/** Only one build of the site at a time: two would write each other's generated files. */
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { UsageError } from '../failure.ts';
import { isRunning } from './target.ts';

/** Gives what takes the lock away again; refuses while another process holds it. */
export function lock(path: string): () => void {
  mkdirSync(dirname(path), { recursive: true });
  try {
    take(path);
  } catch (thrown) {
    if ((thrown as NodeJS.ErrnoException).code !== 'EEXIST') throw thrown;
    const holder = Number(readFileSync(path, 'utf8'));
    if (holder > 0 && isRunning(holder)) {
      throw new UsageError(`the site is being built by process ${String(holder)}; if it is not, remove ${path}`);
    }
    rmSync(path);
    take(path);
  }
  return () => {
    rmSync(path, { force: true });
  };
}

function take(path: string): void {
  writeFileSync(path, `${String(process.pid)}\n`, { flag: 'wx' });
}
