import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  readdirSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { draftAt, SITE_FILE } from './target.ts';

let folder: string;
let target: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'target-'));
  target = join(folder, 'site');
});

afterEach(() => {
  rmSync(folder, { recursive: true });
});

/** Publishes a site of one page. */
function publish(words: string): void {
  const draft = draftAt(target);
  write(draft.folder, words);
  draft.publish('about\n');
  draft.discard();
}

function write(at: string, words: string): void {
  mkdirSync(at, { recursive: true });
  writeFileSync(join(at, 'index.html'), words);
}

const published = (): string => readFileSync(join(target, 'index.html'), 'utf8');

/** A process that has ended; ids of processes do not go that high. */
const DEAD = 4_194_305;

describe('a target', () => {
  it('is made, and replaced as a whole', () => {
    publish('first');
    writeFileSync(join(target, 'gone.html'), '');
    publish('second');
    expect(published()).toBe('second');
    expect(readdirSync(target).sort()).toEqual([SITE_FILE, 'index.html']);
    expect(readdirSync(folder)).toEqual(['site']);
  });

  it('stays as it was when the draft is discarded', () => {
    publish('first');
    const draft = draftAt(target);
    write(draft.folder, 'second');
    draft.discard();
    expect(published()).toBe('first');
    expect(readdirSync(folder)).toEqual(['site']);
  });

  it('is built where scripts are no modules, whatever is above it', () => {
    writeFileSync(join(folder, 'package.json'), '{"type":"module"}');
    const draft = draftAt(target);
    expect(readFileSync(join(draft.folder, '..', 'package.json'), 'utf8')).toBe('{}\n');
    draft.discard();
  });

  it('may be an empty folder, or one behind a symbolic link', () => {
    mkdirSync(join(folder, 'real'));
    symlinkSync(join(folder, 'real'), target);
    publish('first');
    expect(published()).toBe('first');
    expect(readFileSync(join(folder, 'real', 'index.html'), 'utf8')).toBe('first');
  });

  it.each([
    [
      'files of somebody else',
      (): void => {
        write(target, 'mine');
      },
      /cannot be written: it holds files and is no site of this tool/,
    ],
    [
      'a file',
      (): void => {
        writeFileSync(target, '');
      },
      /cannot be written: ENOTDIR/,
    ],
  ])('is refused where there is %s', (_what, make, words) => {
    make();
    expect(() => draftAt(target)).toThrow(words);
  });

  it.each(['/proc/site', '/proc/none/site'])('is refused where it cannot be made: %s', (place) => {
    expect(() => draftAt(place)).toThrow(/cannot be written/);
  });
});

describe('what a killed build left', () => {
  it('goes away', () => {
    publish('first');
    write(join(folder, `.site.${String(DEAD)}.new`, 'site'), 'half');
    write(join(folder, `.site.${String(DEAD)}.old`), 'older');
    draftAt(target).discard();
    expect(readdirSync(folder)).toEqual(['site']);
    expect(published()).toBe('first');
  });

  it('is put back where it is the old site and there is no new one', () => {
    write(join(folder, `.site.${String(DEAD)}.old`), 'old');
    writeFileSync(join(folder, `.site.${String(DEAD)}.old`, SITE_FILE), '');
    draftAt(target).discard();
    expect(published()).toBe('old');
  });

  it('is left alone while its process runs, and where it is of another target', () => {
    const others = [`.site.${String(process.ppid)}.new`, `.other.${String(DEAD)}.new`];
    for (const name of others) mkdirSync(join(folder, name));
    draftAt(target).discard();
    for (const name of others) expect(existsSync(join(folder, name))).toBe(true);
  });
});
