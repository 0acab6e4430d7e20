/** A package installed as a user would, in places as awkward as a user's. */
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdirSync, readFileSync, readdirSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import { delimiter, dirname, join } from 'node:path';

const NAME = 'rdma-conformance';
/** Milliseconds; the longest is a run of every model. */
const LIMIT = 300_000;

export interface Said {
  readonly status: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** With the node that runs this one first on the path, and in a folder that is not ours. */
export function call(cwd: string, command: string, ...args: readonly string[]): Said {
  const path = `${dirname(process.execPath)}${delimiter}${process.env.PATH ?? ''}`;
  const { status, stdout, stderr, error } = spawnSync(command, args, {
    cwd,
    env: { ...process.env, PATH: path, CUCUMBER_PUBLISH_ENABLED: 'true', CUCUMBER_PUBLISH_URL: 'http://127.0.0.1:9/' },
    encoding: 'utf8',
    input: '',
    timeout: LIMIT,
    maxBuffer: 64 * 1024 * 1024,
  });
  if (error !== undefined) throw error;
  return { status, stdout, stderr };
}

function npm(cwd: string, ...args: readonly string[]): void {
  const { status, stderr } = call(cwd, 'npm', ...args, '--omit=dev', '--no-audit', '--no-fund', '--prefer-offline');
  if (status !== 0) throw new Error(`npm ${args.join(' ')} ended with code ${String(status)}: ${stderr}`);
}

export interface Installed {
  /** The project it is installed in. */
  readonly project: string;
  /** The package itself. */
  readonly folder: string;
  /** The command, through a link to the link that npm makes. */
  readonly linked: string;
  /** The command of a second copy, installed globally. */
  readonly global: string;
  /** Somebody else's project, to call from. */
  readonly foreign: string;
}

/** Everything below `root`; the names hold what a careless path or pattern trips over. */
export function install(tarball: string, root: string): Installed {
  const project = join(root, 'a project of mine, [übung] 100%');
  const prefix = join(root, 'global prefix');
  const foreign = join(root, 'another folder');
  for (const folder of [project, prefix, foreign]) mkdirSync(folder);
  writeFileSync(join(project, 'package.json'), '{ "private": true }\n');
  npm(project, 'install', tarball);
  npm(root, 'install', '--global', '--prefix', prefix, tarball);
  const linked = join(root, 'the command');
  symlinkSync(join(project, 'node_modules', '.bin', NAME), linked);
  // What a cucumber of its own would obey there.
  writeFileSync(join(foreign, 'package.json'), '{ "type": "commonjs", "cucumber": { "dryRun": true } }\n');
  writeFileSync(join(foreign, 'cucumber.js'), "throw new Error('this is not ours to load');\n");
  writeFileSync(join(foreign, 'cucumber.yml'), 'default: { paths: [none] }\n');
  const folder = join(project, 'node_modules', NAME);
  return { project, folder, linked, global: join(prefix, 'bin', NAME), foreign };
}

function filesBelow(folder: string): string[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .map((name) => join(folder, name))
    .filter((path) => statSync(path, { throwIfNoEntry: false })?.isFile() === true)
    .sort();
}

/** Bytes on the disk of all files below, as `du` counts them. */
export function sizeOf(folder: string): number {
  return filesBelow(folder).reduce((total, path) => total + 512 * statSync(path).blocks, 0);
}

/** Names, times and contents of all files below in a few digits: different where anything was written, even the same. */
export function digestOf(folder: string): string {
  const hash = createHash('sha256');
  for (const path of filesBelow(folder))
    hash.update(`${path}\0${String(statSync(path).mtimeMs)}\0`).update(readFileSync(path));
  return hash.digest('hex');
}

/** Modules that name a source map, of which none is shipped. */
export function mapped(folder: string): string[] {
  return filesBelow(join(folder, 'build')).filter(
    (path) => path.endsWith('.js') && readFileSync(path, 'utf8').includes('//# sourceMappingURL='),
  );
}
