/**
 * Prints what a guest costs: `node build/backends/linux_vm/timing.js [SERIES DRIVER]`. Figures of one machine in one hour:
 * they go into decision notes, and no test asserts them.
 */
import { existsSync, readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { openGuest } from './guest.ts';
import type { Driver, Series } from './kernels.ts';
import { cacheFolder } from './place.ts';

const RESTORES = 20;

const [kernel = '6.1', driver = 'rxe'] = process.argv.slice(2) as [Series?, Driver?];
let since = performance.now();

function lap(): number {
  const before = since;
  since = performance.now();
  return since - before;
}

function tell(what: string, milliseconds: readonly number[]): void {
  const sorted = milliseconds.toSorted((one, other) => one - other);
  const at = (share: number): string => (sorted[Math.floor(share * (sorted.length - 1))] ?? 0).toFixed(0);
  const range = sorted.length > 1 ? ` median of ${sorted.length.toString()} (${at(0)} to ${at(1)})` : '';
  process.stdout.write(`${kernel} ${driver}: ${what}: ${at(0.5)} ms${range}\n`);
}

const snapshots = join(cacheFolder(), 'snapshots');
for (const name of existsSync(snapshots) ? readdirSync(snapshots) : [])
  if (name.startsWith(`${kernel}-${driver}-`)) rmSync(join(snapshots, name), { recursive: true });
lap();
const guest = await openGuest({ kernel, driver });
tell('boot, snapshot and first restore', [lap()]);
await guest.stop();
lap();
await (await openGuest({ kernel, driver })).stop();
tell('opened from a snapshot, and stopped', [lap()]);
const restores: number[] = [];
for (let count = 0; count < RESTORES; count += 1) {
  lap();
  await guest.restart();
  restores.push(lap());
}
tell('restored', restores);
await guest.stop();
