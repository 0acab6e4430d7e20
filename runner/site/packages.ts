/** The packages the site is built with: installed when the lock file or the version of Node is another than last time. */
import { createHash } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { StepFailed, type Job, type Runner } from './job.ts';

/** Kept among the packages, so that it goes when they go. */
const STAMP = join('node_modules', '.installed-from');

const LIMIT = 20 * 60_000;

/** `site` is the folder with the lock file. */
export function packagesMissing(site: string): boolean {
  const stamp = join(site, STAMP);
  return !existsSync(stamp) || readFileSync(stamp, 'utf8') !== wanted(site);
}

/** No script of a package is run: the site is built without any. */
export async function installPackages(site: string, run: Runner, signal: AbortSignal): Promise<void> {
  const job: Job = {
    command: 'npm',
    args: ['ci', '--ignore-scripts', '--no-audit', '--no-fund', '--loglevel', 'error'],
    cwd: site,
    limit: LIMIT,
  };
  const ended = await run(job, signal);
  if (ended.code !== 0) throw new StepFailed('npm ci in site/', ended);
  writeFileSync(join(site, STAMP), wanted(site));
}

function wanted(site: string): string {
  const lock = createHash('sha256')
    .update(readFileSync(join(site, 'package-lock.json')))
    .digest('hex');
  return `${lock} node ${process.versions.node.split('.')[0] ?? ''}\n`;
}
