/** Builds the site, step by step: results, data, packages, pages, and the swap of the folders. */
import { existsSync, realpathSync } from 'node:fs';
import { join, relative, resolve } from 'node:path';
import { UsageError } from '../failure.ts';
import { compiledSpec, toolVersion } from '../project.ts';
import { emulate, outdated } from './emulated.ts';
import { StepFailed, type Job, type Runner } from './job.ts';
import { lock } from './lock.ts';
import { installPackages, packagesMissing } from './packages.ts';
import { draftAt } from './target.ts';

export interface SiteOptions {
  readonly root: string;
  /** Where the site goes. */
  readonly out: string;
  /** Folder of result documents; without it the one for published results, to which those of the emulator are added. */
  readonly results?: string;
  readonly run: Runner;
  readonly signal: AbortSignal;
  /** Hears what is done, a line before each step. */
  readonly say: (line: string) => void;
}

const MINUTE = 60_000;

/** Nothing of the machine it runs on decides what is built, and nothing is looked up anywhere. */
const OFFLINE = { DOCUSAURUS_NO_TELEMETRY: '1', NO_UPDATE_NOTIFIER: '1', NODE_ENV: 'production' };

/** Where the view model goes, below the root. */
const DATA = join('build', 'site-data');

/** Gives the folder the site is in. */
export async function buildSite(options: SiteOptions): Promise<string> {
  const { root, out, run, signal, say } = options;
  const site = join(root, 'site');
  if (!existsSync(join(site, 'package.json'))) {
    throw new UsageError('the site is built from a clone of the repository; an installed package has no site/ folder');
  }
  const unlock = lock(join(root, 'build', 'site.lock'));
  try {
    const draft = draftAt(out);
    try {
      await siteData(options, await resultsFolder(options));
      if (packagesMissing(site)) {
        say('installing the packages of the site (npm ci in site/)');
        await installPackages(site, run, signal);
      }
      say('building the pages');
      const ended = await run(docusaurus(site, draft.folder), signal);
      const whole = ended.code === 0 && existsSync(join(draft.folder, 'index.html'));
      if (!whole) throw new StepFailed('the build of the pages', ended);
      draft.publish(about(root));
      return draft.target;
    } finally {
      draft.discard();
    }
  } finally {
    unlock();
  }
}

async function resultsFolder({ root, results, run, signal, say }: SiteOptions): Promise<string> {
  if (results !== undefined) {
    if (existsSync(results)) return resolve(results);
    throw new UsageError(`--results ${results}: there is no such folder`);
  }
  const published = join(root, 'site', 'results');
  const missing = await outdated(root, published);
  if (missing.length > 0) {
    say(`running every scenario on ${missing.join(' and ')}`);
    // When one fails the other is waited for: nothing may go on when this has ended.
    const ends = await Promise.allSettled(missing.map((id) => emulate(id, root, published, run, signal)));
    for (const end of ends) if (end.status === 'rejected') throw end.reason;
  }
  return published;
}

async function siteData({ root, run, signal, say }: SiteOptions, results: string): Promise<void> {
  // Relative, so that nothing made from it can name a folder of this machine.
  const folder = relative(root, results);
  say(`collecting what the pages show, with the results in ${folder}`);
  const job: Job = {
    command: process.execPath,
    args: [join('build', 'runner', 'main.js'), 'site-data', '--results', folder, '--out', DATA],
    cwd: root,
    limit: 10 * MINUTE,
  };
  const ended = await run(job, signal);
  if (ended.code !== 0) throw new StepFailed('site-data', ended);
}

/** By its real path: two ways to one package would be two packages. */
function docusaurus(site: string, folder: string): Job {
  const home = realpathSync(site);
  const bin = join(home, 'node_modules', '@docusaurus', 'core', 'bin', 'docusaurus.mjs');
  return {
    command: process.execPath,
    args: [bin, 'build', home, '--out-dir', folder],
    cwd: home,
    env: { ...OFFLINE, RDMA_CONFORMANCE_VIEW: join(home, '..', DATA) },
    limit: 30 * MINUTE,
  };
}

/** Says what a folder is, to people and to the next build. */
function about(root: string): string {
  const { version, digest } = compiledSpec(root);
  return `${JSON.stringify({ tool: toolVersion(root), specification: version, digest })}\n`;
}
