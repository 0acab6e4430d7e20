import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { check, clause, header, scenario, specOf } from '../fixtures.ts';
import { ROOT } from '../project.ts';
import type { JournalLine } from '../run/journal.ts';
import { keepPrevious, prepareFile, prepareFolder, writeAtomically, writeResult } from './folder.ts';
import { fold } from './fold.ts';
import { readResult } from './read.ts';

const spec = specOf(clause('a'));
const LINES: readonly JournalLine[] = [
  header([{ id: 'pd/x#a', clauses: ['a'] }]),
  { kind: 'started', id: 'pd/x#a' },
  { kind: 'finished', scenario: scenario('pd/x#a', ['a'], { checks: [check('a')] }) },
];
const document = fold(LINES, spec);

let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'result-'));
});

afterEach(() => {
  rmSync(folder, { recursive: true });
});

describe('readResult', () => {
  it('reads back what was written, by file or by folder', async () => {
    const path = writeResult(folder, document);
    expect(await readResult(path, ROOT, spec)).toEqual(document);
    expect(await readResult(folder, ROOT, spec)).toEqual(document);
  });

  it('folds the journal of a run that never wrote a result', async () => {
    writeFileSync(join(folder, 'journal.ndjson'), LINES.map((line) => `${JSON.stringify(line)}\n`).join(''));
    expect(await readResult(folder, ROOT, spec)).toEqual(document);
  });

  it.each([
    ['{"format": "something-else/1"}', /result\.json: not a result document of this tool: must have required property/],
    ['[]', /result\.json: not a result document of this tool: must be object/],
    ['{"a": 1,\n  b}', /result\.json:2:\d+: not JSON/],
    ['', /result\.json:1:1: not JSON/],
    [JSON.stringify({ ...document, extra: 1 }), /additional properties: "extra"/],
    [JSON.stringify({ ...document, format: 'rdma-conformance-result/99' }), /\/format must be equal to constant/],
    [
      JSON.stringify({ ...document, scenarios: [scenario('x', ['a'], { outcome: 'fine' as 'passed' })] }),
      /\/scenarios\/0\/outcome must be equal to one of the allowed values: "passed"/,
    ],
  ])('refuses %s with its place', async (text, message) => {
    writeFileSync(join(folder, 'result.json'), text);
    await expect(readResult(folder, ROOT, spec)).rejects.toThrow(message);
  });

  it('says what is missing', async () => {
    await expect(readResult(join(folder, 'none.json'), ROOT, spec)).rejects.toThrow('there is no such file');
    await expect(readResult(folder, ROOT, spec)).rejects.toThrow('holds neither result.json nor journal.ndjson');
  });
});

describe('the folder of a run', () => {
  it('is made where it is missing', () => {
    prepareFolder(join(folder, 'a', 'b'));
    expect(existsSync(join(folder, 'a', 'b'))).toBe(true);
  });

  it.each(['result.json', 'journal.ndjson'])('is refused where it holds a foreign %s, which stays as it is', (name) => {
    writeFileSync(join(folder, name), '{"mine": true}\n');
    expect(() => {
      prepareFolder(folder);
    }).toThrow(`${name}: was not written by this tool`);
    expect(readFileSync(join(folder, name), 'utf8')).toBe('{"mine": true}\n');
  });

  it('is refused where it cannot be a folder', () => {
    writeFileSync(join(folder, 'file'), '');
    expect(() => {
      prepareFolder(join(folder, 'file'));
    }).toThrow('cannot be written');
  });

  it('is refused where no folder can be made', () => {
    expect(() => {
      prepareFolder('/proc/results');
    }).toThrow('/proc/results: cannot be written');
  });

  it('keeps our own earlier result', () => {
    const path = writeResult(folder, document);
    const text = readFileSync(path, 'utf8');
    prepareFolder(folder);
    keepPrevious(folder);
    expect(existsSync(path)).toBe(false);
    expect(readFileSync(join(folder, 'result.previous.json'), 'utf8')).toBe(text);
  });
});

describe('the file of a command', () => {
  it('may be new in a new folder, or our own of the same format', () => {
    const path = join(folder, 'new', 'file.json');
    prepareFile(path, 'ours/1');
    writeAtomically(path, '{"format":"ours/1"}');
    prepareFile(path, 'ours/1');
    expect(() => {
      prepareFile(path, 'ours/2');
    }).toThrow('file.json: was not written by this tool');
  });

  it('is refused where it is no file', () => {
    expect(() => {
      prepareFile(folder, 'ours/1');
    }).toThrow('is in the way: it is not a file');
    expect(() => {
      prepareFile(`${folder}/none/`, 'ours/1');
    }).toThrow('names no file');
  });
});
