/** What `npm pack` would put into the package: all that is used when it runs, what there is to read, and nothing else. */
import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { ROOT } from '../project.ts';

/** Where things begin: the command, what cucumber loads by name, and what only those who build on results read with. */
const ENTRIES = [
  'runner/main.js',
  'runner/run/pickle_filter.js',
  'runner/run/silent_formatter.js',
  'runner/result/read_proof.js',
];

let shipped: ReadonlySet<string>;

beforeAll(() => {
  const args = ['pack', '--dry-run', '--json', '--ignore-scripts'];
  const { stdout } = spawnSync('npm', args, { cwd: ROOT, encoding: 'utf8', timeout: 60_000 });
  const [listing] = JSON.parse(stdout) as { readonly files: readonly { readonly path: string }[] }[];
  shipped = new Set(listing?.files.map(({ path }) => path));
});

function below(folder: string, keep: RegExp): string[] {
  return readdirSync(join(ROOT, folder), { recursive: true, encoding: 'utf8' })
    .map((name) => `${folder}/${name}`)
    .filter((path) => keep.test(path));
}

/** Compiled modules that have a source; a build may hold older ones, which `prepack` sweeps out. */
const modules = (): string[] =>
  ['spec', 'backends', 'steps', 'runner']
    .flatMap((folder) => below(folder, /\.ts$/))
    .map((path) => path.replace(/\.ts$/, '.js'))
    .filter((path) => existsSync(join(ROOT, 'build', path)));

const isTest = (path: string): boolean => /\.(test|bench)\.js$/.test(path);
const textOf = (path: string): string => readFileSync(join(ROOT, 'build', path), 'utf8');

/** Every module that is loaded from an entry or is a step. */
function used(): ReadonlySet<string> {
  const found = new Set<string>();
  const due = [...ENTRIES, ...modules().filter((path) => path.startsWith('steps/') && !isTest(path))];
  for (let path = due.pop(); path !== undefined; path = due.pop()) {
    if (found.has(path)) continue;
    found.add(path);
    for (const [, name = ''] of textOf(path).matchAll(/(?:from|import|import\()\s*['"](\.[^'"]+)['"]/g))
      due.push(join(path, '..', name));
  }
  return found;
}

describe('the package', () => {
  it('holds every module that is used', () => {
    expect(used().size).toBeGreaterThan(300);
    expect([...used()].filter((path) => !shipped.has(`build/${path}`))).toEqual([]);
  });

  it('holds no module that is not used; list it under `files` in package.json', () => {
    const its = used();
    // What holds types alone is empty once it is compiled.
    const empty = (path: string): boolean => /^(\/\*[^]*?\*\/\s*|\/\/.*\s*)*export \{\};/.test(textOf(path));
    const surplus = modules().filter((path) => shipped.has(`build/${path}`) && !its.has(path) && !empty(path));
    expect(surplus).toEqual([]);
  });

  it('holds the compiled specification, and all that it and the suite are made from', () => {
    const sources = [...below('spec', /\.(md|yaml|json)$/), ...below('features', /\.(feature|yaml)$/)];
    expect(sources.length).toBeGreaterThan(150);
    expect(['build/spec.json', ...sources].filter((path) => !shipped.has(path))).toEqual([]);
    const about = ['package.json', 'README.md', 'LICENSE', 'CHANGELOG.md'];
    expect(about.filter((path) => !shipped.has(path))).toEqual([]);
  });

  it('holds all that a guest and the agent are built from', () => {
    const guest = ['backends/linux_vm/fetch.sh', 'backends/linux_vm/init.c'];
    const sources = ['backends/conformd', 'backends/linux_vm/modules'].flatMap((folder) =>
      below(folder, /^backends\/(conformd|linux_vm\/modules)\/([\w]+\.[ch]|Makefile|Kbuild)$/),
    );
    expect(sources.length).toBeGreaterThan(20);
    expect([...guest, ...sources].filter((path) => !shipped.has(path))).toEqual([]);
  });

  it('holds nothing else', () => {
    const expected =
      /^(build\/(spec|backends|steps|runner)\/.*\.js|build\/spec\.json|spec\/.*\.(md|yaml|json)|features\/.*\.(feature|yaml)|backends\/(conformd|linux_vm)\/.*|(README|CHANGELOG)\.md|LICENSE|package\.json)$/;
    expect([...shipped].filter((path) => !expected.test(path) || isTest(path))).toEqual([]);
  });
});
