/**
 * Installs a package made by `npm pack` into folders of its own and uses every command of it from a foreign one:
 * `node build/runner/package/try_package.js rdma-conformance-0.1.0.tgz`. Exit code 0 only if all is as it should be.
 */
import { chmodSync, existsSync, mkdtempSync, readdirSync, realpathSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { COMMANDS } from '../commands/table.ts';
import { call, digestOf, install, mapped, sizeOf, type Installed, type Said } from './install.ts';

/** Bytes that an installation may take, everything it depends on included. */
const LARGEST = 50 * 1024 * 1024;

interface Trial {
  readonly name: string;
  readonly said: () => Said;
  readonly status: number;
  readonly stdout: RegExp;
  readonly stderr: RegExp;
}

const NOTHING = /^$/;
const RESULT = 'results/emulator/no-qp';
const SCENARIO = 'pd/lifecycle#a-protection-domain';

/** Each command once, `run` in full; what a command writes is read by those after it. */
function trials({ project, linked, global, foreign }: Installed): Trial[] {
  const ours = (status: number, stdout: RegExp, stderr: RegExp, ...args: readonly string[]): Trial => ({
    name: args.join(' '),
    said: () => call(foreign, linked, ...args),
    status,
    stdout,
    stderr,
  });
  const server = `"${linked}" serve --model no-qp --stdio`;
  const good = (stdout: RegExp, ...args: readonly string[]): Trial => ours(0, stdout, NOTHING, ...args);
  return [
    good(/^\d+\.\d+\.\d+\n$/, '--version'),
    good(/^(.*no clause nonconformant.*\n){4}$/, 'run', '--quiet'),
    ours(3, /^profile +no-qp [^]*\nmet; no claim: /, NOTHING, 'certify', 'no-qp', RESULT),
    good(/Protection domain +core +\d+ \/ \d+/, 'run', '--model', 'no-qp', '--object', 'pd'),
    good(/^connect, model no-qp, uapi: no clause nonconformant/, 'run', '--connect', server, '--quiet'),
    // Standard input ends at once, and so does the server.
    good(NOTHING, 'serve', '--stdio'),
    good(/^pd-create /m, 'list', 'clauses'),
    good(/^emulator /m, 'list', 'backends'),
    good(/last verdict: conformant/, 'explain', 'pd-create'),
    good(/Protection domain +\d+ +\d+/, 'coverage'),
    good(/\npassed\n$/, 'replay', RESULT, SCENARIO),
    good(/^int main\(/m, 'replay', SCENARIO, '--backend', 'emulator-uverbs', '--emit', 'c', '--check', 'call'),
    good(/^pd\.create \{length=8/, 'decode', '0800040000000000', '--request', '0xc0081b00'),
    good(/\nno difference\n/, 'diff', RESULT, join(RESULT, 'result.json')),
    good(/<testsuites /, 'view', RESULT, '--format', 'junit'),
    ours(
      0,
      NOTHING,
      /: \d+ clauses, \d+ published results/,
      'site-data',
      '--results',
      'results',
      '--out',
      'view model',
    ),
    ours(2, NOTHING, /the site is built from a clone/, 'site'),
    good(/caught 2 \/ 2 defects/, 'prove', '--sample', '2', '--out', 'proof.json'),
    ours(0, NOTHING, /nothing to complain of/, 'lint'),
    ours(2, NOTHING, /: is an installed package, .* compile in a clone\n$/, 'compile'),
    {
      name: 'npx in the project it is installed in',
      said: () => call(project, 'npx', '--no', 'rdma-conformance', 'run', '--model', 'no-qp', '--quiet'),
      status: 0,
      stdout: /no clause nonconformant/,
      // What npm itself has to say.
      stderr: /^(npm .*\n)*$/,
    },
    {
      name: 'installed globally',
      said: () => call(foreign, global, 'run', '--model', 'no-qp', '--quiet', '--out', 'of the global one'),
      status: 0,
      stdout: /no clause nonconformant/,
      stderr: NOTHING,
    },
    {
      name: 'where nothing can be written',
      said: () => call('/proc', linked, 'run', '--model', 'no-qp'),
      status: 2,
      stdout: NOTHING,
      stderr: /results\/emulator\/no-qp: cannot be written: .*; choose another with --out\n$/,
    },
  ];
}

/** What holds for the installation as a whole, once everything was tried. */
function afterwards({ folder, project, foreign }: Installed, before: string): string[] {
  const problems: string[] = [];
  const size = sizeOf(join(project, 'node_modules'));
  process.stdout.write(`node_modules takes ${(size / 1024 / 1024).toFixed(1)} MiB\n`);
  if (size > LARGEST) problems.push(`an installation of ${String(size)} bytes is more than ${String(LARGEST)}`);
  if (digestOf(folder) !== before) problems.push('a command wrote into the package');
  if (!existsSync(join(foreign, RESULT, 'result.json'))) problems.push('no result where the command was called');
  const maps = mapped(folder);
  if (maps.length > 0) problems.push(`${maps[0] ?? ''} and ${String(maps.length - 1)} more name a source map`);
  return problems;
}

function tried({ name, said, status, stdout, stderr }: Trial): string | undefined {
  const began = performance.now();
  const got = said();
  process.stdout.write(`${((performance.now() - began) / 1000).toFixed(1).padStart(6)} s  ${name}\n`);
  if (got.status === status && stdout.test(got.stdout) && stderr.test(got.stderr)) return undefined;
  return `${name}: code ${String(got.status)} instead of ${String(status)}\n${got.stdout}${got.stderr}`;
}

/** A module that is loaded at its first use must be found then too: no command goes untried. */
function untried(all: readonly Trial[]): string[] {
  const names = new Set(all.map(({ name }) => name.split(' ')[0]));
  return COMMANDS.filter(({ name }) => !names.has(name)).map(({ name }) => `${name}: is not tried`);
}

function setWritable(folder: string, writable: boolean): void {
  const names = readdirSync(folder, { recursive: true, withFileTypes: true });
  for (const entry of names.filter((one) => one.isDirectory()))
    chmodSync(join(entry.parentPath, entry.name), writable ? 0o755 : 0o555);
  chmodSync(folder, writable ? 0o755 : 0o555);
}

const [tarball] = process.argv.slice(2);
if (tarball === undefined) throw new Error('which package? give the file that `npm pack` made');
const root = realpathSync(mkdtempSync(join(tmpdir(), 'package-')));
let installed: Installed | undefined;
try {
  installed = install(resolve(tarball), root);
  setWritable(installed.folder, false);
  const before = digestOf(installed.folder);
  const all = trials(installed);
  const problems = [...untried(all), ...all.map(tried), ...afterwards(installed, before)];
  const found = problems.filter((problem) => problem !== undefined);
  for (const problem of found) process.stderr.write(`${problem}\n`);
  process.stdout.write(`node ${process.version}: ${String(found.length)} problems in ${String(all.length)} trials\n`);
  process.exitCode = found.length === 0 ? 0 : 1;
} finally {
  if (installed !== undefined) setWritable(installed.folder, true);
  rmSync(root, { recursive: true });
}
