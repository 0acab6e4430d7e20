import { readFileSync, readdirSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { describe, expect, it } from 'vitest';

const ROOTS = ['spec', 'backends', 'steps', 'runner'] as const;
/** What of site/ is written by people; its packages and what is generated stand beside it. */
const SITE = ['site/plugin', 'site/src', 'site/browser', 'site/docusaurus.config.ts', 'site/sidebars.ts'] as const;
/** The most lines of a file that gives no reason for more. */
const LINES = 250;

interface Source {
  readonly file: string;
  readonly text: string;
  readonly imports: readonly string[];
}

function sources(roots: readonly string[]): Source[] {
  const files = roots.flatMap((root) =>
    root.endsWith('.ts')
      ? [root]
      : readdirSync(root, { recursive: true, encoding: 'utf8' })
          .filter((name) => /\.m?tsx?$/.test(name))
          .map((name) => join(root, name)),
  );
  return files.map((file) => {
    const text = readFileSync(file, 'utf8');
    const imports = [...text.matchAll(/(?:from|import\()\s*'([\w./:@-]+)'/g)].map((match) => match[1] ?? '');
    return { file, text, imports };
  });
}

const all = sources(ROOTS);
const site = sources(SITE);
const isTest = ({ file }: Source): boolean => /\.(test|bench)\.ts$/.test(file);

/** The places a file reaches by relative imports, as paths from the project root. */
function reached({ file, imports }: Source): string[] {
  return imports.filter((name) => name.startsWith('.')).map((name) => join(dirname(file), name));
}

function offenders(root: string, allowed: (path: string, from: string) => boolean): string[] {
  return all
    .filter((source) => source.file.startsWith(`${root}/`) && !isTest(source))
    .flatMap((source) =>
      reached(source)
        .filter((path) => !allowed(path, source.file))
        .map((path) => `${source.file} imports ${path}`),
    );
}

describe('the house', () => {
  it('has sources to look at', () => {
    expect(all.length).toBeGreaterThan(100);
    expect(all.some((source) => reached(source).length > 0)).toBe(true);
  });

  it('lets spec import nothing of ours but spec', () => {
    expect(offenders('spec', (path) => path.startsWith('spec/'))).toEqual([]);
  });

  it('lets backends import spec and backends, and only faulty the emulator', () => {
    expect(offenders('backends', (path) => path.startsWith('spec/') || path.startsWith('backends/'))).toEqual([]);
    const emulator = (path: string): boolean => path.startsWith('backends/emulator/');
    const outside = (from: string): boolean => !/^backends\/(emulator|faulty)\/|^backends\/registry\.ts$/.test(from);
    expect(offenders('backends', (path, from) => !(emulator(path) && outside(from)))).toEqual([]);
  });

  it('lets steps import the contract, the session and spec', () => {
    const allowed = (path: string): boolean =>
      path.startsWith('spec/') ||
      path.startsWith('steps/') ||
      path === 'backends/backend.ts' ||
      path === 'backends/session.ts';
    expect(offenders('steps', allowed)).toEqual([]);
  });

  it('keeps steps out of the runner, and the emulator too', () => {
    expect(offenders('runner', (path) => !path.startsWith('steps/') && !path.startsWith('backends/emulator/'))).toEqual(
      [],
    );
  });

  it('keeps Node out of the emulator', () => {
    const core = all.filter(
      (source) => source.file.startsWith('backends/emulator/') && !isTest(source) && !/test support/i.test(source.text),
    );
    expect(
      core.filter(({ imports }) => imports.some((name) => name.startsWith('node:'))).map(({ file }) => file),
    ).toEqual([]);
  });

  it('lets site import nothing of ours but site, and as types the view model and spec', () => {
    expect(site.length).toBeGreaterThan(20);
    const ours = (name: string): boolean => name.startsWith('.') || name.startsWith('@site/');
    const pathOf = (file: string, name: string): string =>
      name.startsWith('@site/') ? join('site', name.slice('@site/'.length)) : join(dirname(file), name);
    const foreign = site.flatMap(({ file, text }) =>
      [...text.matchAll(/(import type\s[^;]*?)?(?:from|import\()\s*'([\w./:@-]+)'/g)]
        .map(([, type, name = '']) => ({ type, name, path: pathOf(file, name) }))
        .filter(({ name, path }) => ours(name) && !path.startsWith('site/'))
        .filter(({ type, path }) => type === undefined || !/^(runner\/view_model\/model\.ts$|spec\/)/.test(path))
        .map(({ path }) => `${file} imports ${path}`),
    );
    expect(foreign).toEqual([]);
  });

  it('ends relative imports in .ts, and has no barrels and no utils', () => {
    const relative = [...all, ...site].flatMap((source) =>
      source.imports
        .filter((name) => name.startsWith('.') && !/\.(ts|tsx|js)$/.test(name))
        .map((name) => `${source.file} ${name}`),
    );
    expect(relative).toEqual([]);
    expect(
      all.map(({ file }) => basename(file, '.ts')).filter((name) => name === 'index' || /utils?$/.test(name)),
    ).toEqual([]);
  });

  it('keeps files short, or says why not in their first comment', () => {
    const long = [...all, ...site].filter(
      (source) =>
        !isTest(source) && source.text.split('\n').length > LINES && !/above 250 lines because/.test(source.text),
    );
    expect(long.map(({ file }) => file)).toEqual([]);
  });
});
