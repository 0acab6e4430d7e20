import { execFileSync } from 'node:child_process';
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { documentOf, inputOf, SCENARIOS } from './fixture.ts';
import { VIEWS } from './formats.ts';
import { prepareTargets, targetsOf, targetsOfRun, writeTargets } from './targets.ts';

let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'views-'));
});

afterEach(() => {
  rmSync(folder, { recursive: true });
});

const at = (name: string): string => join(folder, name);

describe('--format', () => {
  it('names a view, and a file that may hold equal signs', () => {
    const [first, second] = targetsOf(['junit=a=b.xml', 'ktap']);
    expect([first?.view.id, first?.file]).toEqual(['junit', 'a=b.xml']);
    expect([second?.view.id, second?.file]).toEqual(['ktap', undefined]);
  });

  it.each([
    [['junti=x'], /--format junti=x: there is no view junti; did you mean junit\?/],
    [['xml'], /--format xml: there is no view xml; there are: junit, ctrf, ktap, messages/],
    [['junit='], /--format junit=: names no file/],
    [['junit=a/../x', 'ctrf=x'], /--format ctrf=x: two views cannot go to one place/],
    [['junit', 'ctrf'], /--format ctrf: two views cannot go to one place/],
  ])('refuses %j', (given, message) => {
    expect(() => targetsOf(given)).toThrow(message);
  });

  it('of a run has a file for each model', () => {
    const files = targetsOfRun(['junit={model}/{model}.xml'], ['verbs', 'no-qp']);
    expect([...files].map(([model, its]) => [model, its[0]?.file])).toEqual([
      ['verbs', 'verbs/verbs.xml'],
      ['no-qp', 'no-qp/no-qp.xml'],
    ]);
    expect(targetsOfRun(['junit=x.xml'], ['verbs']).get('verbs')?.[0]?.file).toBe('x.xml');
    expect(() => targetsOfRun(['junit=x.xml'], ['verbs', 'no-qp'])).toThrow(
      /a run of 2 models .* put \{model\} in the name/,
    );
    expect(() => targetsOfRun(['junit'], ['verbs'])).toThrow('--format junit: a run needs a file for it');
  });
});

describe('the file of a view', () => {
  it.each(VIEWS)('is written whole, its folder made, and over an earlier one of ours: $id', async ({ id }) => {
    const targets = targetsOf([`${id}=${at('a/b/file')}`]);
    for (const scenarios of [SCENARIOS, SCENARIOS.slice(0, 1)]) {
      const input = inputOf(documentOf(scenarios));
      prepareTargets(targets, []);
      expect(existsSync(at('a/b/file'))).toBe(false);
      await writeTargets(targets, input);
      const { render } = (await targets[0]?.view.load()) ?? {};
      expect(readFileSync(at('a/b/file'), 'utf8')).toBe(render?.(input));
      expect(readdirSync(at('a/b'))).toEqual(['file']);
    }
  });

  it('stays as it is where it is of anybody else, and so do the others', async () => {
    const ours = targetsOf([`junit=${at('ours')}`]);
    await writeTargets(ours, inputOf(documentOf(SCENARIOS)));
    writeFileSync(at('foreign'), '<testsuites name="mine"/>');
    for (const other of [`junit=${at('foreign')}`, `ctrf=${at('ours')}.`, `ktap=${at('ours')}`]) {
      writeFileSync(at('ours.'), 'mine');
      expect(() => {
        prepareTargets(targetsOf([`messages=${at('new')}`, other]), []);
      }).toThrow(/(foreign|ours\.?): was not written by this tool; move it away or choose another file$/);
    }
    expect(() => {
      prepareTargets([...ours, ...targetsOf([`ctrf=${at('foreign')}`])], []);
    }).toThrow('was not written by this tool');
    expect(readdirSync(folder).sort()).toEqual(['foreign', 'ours', 'ours.']);
    expect(readFileSync(at('foreign'), 'utf8')).toBe('<testsuites name="mine"/>');
  });

  it('is refused where it is no file, none can be, or is one of the run', () => {
    mkdirSync(at('folder'));
    execFileSync('mkfifo', [at('pipe')]);
    symlinkSync('/dev/null', at('device'));
    for (const [file, message] of [
      [at('folder'), /is in the way: it is not a file/],
      [at('pipe'), /is in the way: it is not a file/],
      [at('device'), /is in the way: it is not a file/],
      ['/proc/none/x', /cannot be written/],
      [at('result.json'), /is a file of the run itself/],
    ] as const) {
      expect(() => {
        prepareTargets(targetsOf([`junit=${file}`]), [at('folder/../result.json')]);
      }).toThrow(message);
    }
  });
});
