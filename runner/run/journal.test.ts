import { appendFileSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { check, header, scenario } from '../fixtures.ts';
import { ROOT } from '../project.ts';
import { Journal, type JournalLine } from './journal.ts';
import { readJournal } from './journal_read.ts';

const LINES: readonly JournalLine[] = [
  header([{ id: 'pd/x#y', clauses: ['a'] }]),
  { kind: 'started', id: 'pd/x#y' },
  { kind: 'finished', scenario: scenario('pd/x#y', ['a'], { checks: [check('a')] }) },
];

let folder: string;
let path: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'journal-'));
  path = join(folder, 'journal.ndjson');
});

afterEach(() => {
  rmSync(folder, { recursive: true });
});

function write(lines: readonly JournalLine[]): void {
  const journal = Journal.create(path);
  for (const line of lines) journal.write(line);
  journal.close();
}

describe('Journal', () => {
  it('reads back what it wrote', async () => {
    write(LINES);
    const { lines, header: first, length } = await readJournal(path, ROOT);
    expect(lines).toEqual(LINES);
    expect(first).toEqual(LINES[0]);
    expect(length).toBe(readFileSync(path).length);
  });

  it.each([1, 10, 40])(
    'leaves out a last line torn %i bytes before its end, and goes on in its place',
    async (torn) => {
      write(LINES);
      const whole = readFileSync(path);
      writeFileSync(path, whole.subarray(0, whole.length - torn));
      const read = await readJournal(path, ROOT);
      expect(read.lines).toEqual(LINES.slice(0, 2));
      const journal = Journal.append(path, read.lines, read.length);
      for (const line of LINES.slice(2)) journal.write(line);
      journal.close();
      expect(readFileSync(path)).toEqual(whole);
      expect(journal.lines).toEqual(LINES);
    },
  );

  it('keeps to bytes where a torn line ends inside a character', async () => {
    write(LINES);
    const { length } = readFileSync(path);
    appendFileSync(path, Buffer.from('{"kind":"started","id":"é').subarray(0, -1));
    expect((await readJournal(path, ROOT)).length).toBe(length);
  });

  it('locates a line that is not JSON', async () => {
    write(LINES);
    appendFileSync(path, '{"kind":"started",}\n{"kind":"started","id":"pd/x#z"}\n');
    await expect(readJournal(path, ROOT)).rejects.toThrow(/journal\.ndjson:4:\d+: not JSON/);
  });

  it('locates a line that is none of a journal', async () => {
    write(LINES);
    appendFileSync(path, '{"kind":"started","id":7}\n');
    await expect(readJournal(path, ROOT)).rejects.toThrow(/journal\.ndjson:4: not a line of a journal: \/id/);
  });

  it('refuses a file without a header, with two, or with nothing', async () => {
    write(LINES.slice(1));
    await expect(readJournal(path, ROOT)).rejects.toThrow(':1: a journal begins with its header');
    write([...LINES, ...LINES.slice(0, 1)]);
    await expect(readJournal(path, ROOT)).rejects.toThrow(':4: a second header');
    writeFileSync(path, '{"kind":"hea');
    await expect(readJournal(path, ROOT)).rejects.toThrow('it has no whole line');
    await expect(readJournal(join(folder, 'none'), ROOT)).rejects.toThrow('there is no such file');
  });
});
