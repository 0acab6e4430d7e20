/** Failing checks as C files: they compile without a warning, use what comes back, and end as the check would. */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { abiOf } from '../../spec/abi/registry.ts';
import { projectSpec } from '../../spec/project_spec.ts';
import type { Check } from '../../spec/verdict/check.ts';
import { ROOT } from '../project.ts';
import type { ResultDocument } from '../result/document.ts';
import { cSource } from './c_source.ts';
import { doubleOf, WRONG_BYTES } from './double.ts';
import { programOf } from './program.ts';

const MAIN = join(ROOT, 'build', 'runner', 'main.js');
const TIMEOUT = { timeout: 120_000 };
const ABI = abiOf(projectSpec(), 'uverbs');
let folder: string;

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'emit-'));
});

afterAll(() => {
  rmSync(folder, { recursive: true });
});

function command(...args: readonly string[]) {
  return spawnSync(process.execPath, [MAIN, ...args], { encoding: 'utf8', cwd: folder, input: '' });
}

/** A run of one scenario with every trace kept. */
function ran(backend: string, scenario: string): ResultDocument {
  const out = backend.replace(':', '-');
  command(
    'run',
    '--backend',
    backend,
    '--model',
    'verbs',
    '--name',
    scenario,
    '--trace',
    'all',
    '--quiet',
    '--out',
    out,
  );
  return JSON.parse(readFileSync(join(folder, out, 'result.json'), 'utf8')) as ResultDocument;
}

function compiled(file: string, ...more: readonly string[]): string {
  const program = join(folder, file.replace(/\.c$/, ''));
  const flags = ['-Wall', '-Wextra', '-Werror', '-std=gnu11', ...more];
  const { status, stderr } = spawnSync('cc', [...flags, '-o', program, join(folder, file)], { encoding: 'utf8' });
  expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
  return program;
}

/** What the emitted program does on a device that answers as the trace says, or otherwise to the judged call. */
function told({ traces, subject, scenarios }: ResultDocument, check: Check, answer?: string) {
  const [scenario] = scenarios;
  const lines = traces[scenario?.id ?? ''] ?? [];
  const clause = projectSpec().clauses[check.clause];
  if (clause === undefined || scenario === undefined) throw new Error('no such clause');
  const emission = { spec: projectSpec(), abi: ABI, clause, check, scenario: scenario.id, subject, lines };
  writeFileSync(join(folder, 'told.c'), cSource(emission));
  writeFileSync(join(folder, 'double.h'), doubleOf(programOf(ABI, lines, check), answer));
  const program = compiled('told.c', '-include', join(folder, 'double.h'), '-Wno-unused-parameter');
  return spawnSync(program, { encoding: 'utf8' });
}

/** The first failed check, or the one of that name. */
function checkOf({ scenarios }: ResultDocument, name?: string): Check {
  const checks = scenarios.flatMap((scenario) => scenario.checks);
  const found = checks.find((check) => (name === undefined ? !check.passed : check.name === name));
  if (found === undefined) throw new Error('no such check');
  return found;
}

describe('a failing check as C', TIMEOUT, () => {
  it.each([
    ['ah-create-grh-off', 'ah/create#without-a-grh'],
    ['uverbs-handle-type-in-commands', 'ah/create#a-completion-queue-in-its-place'],
    ['uverbs-request-foreign-off', 'dispatch/request#every-method-by-a-foreign'],
    ['uverbs-attribute-duplicate-off', 'message/attributes#every-attribute-twice'],
    ['uverbs-post-queue-full-wrong-errno', 'post/posting#one-receive-more-than-a-rc'],
    ['uverbs-handle-returned-recv-sender', 'post/completions#the-sender'],
  ])('of %s compiles, uses what calls give out, and exits 1 where the device is as it was', (defect, name) => {
    const document = ran(`faulty:${defect}`, name);
    const scenario = document.scenarios.find(({ checks }) => checks.some(({ passed }) => !passed));
    if (scenario === undefined) throw new Error('nothing failed');
    const alone = { ...document, scenarios: [scenario] };
    const { status, stdout } = told(alone, checkOf(alone));
    expect(stdout).toContain('not as expected');
    expect(status).toBe(1);
  });

  it('exits 0 where the answer is as expected, and 2 where a call before it is refused', () => {
    const document = ran('faulty:ah-create-grh-off', 'ah/create#without-a-grh');
    const check = checkOf(document);
    expect(told(document, check, 'EINVAL').status).toBe(0);
    expect(told(document, check, 'ENOMEM').status).toBe(1);
    const lines = Object.values(document.traces)[0] ?? [];
    const program = programOf(ABI, lines, check);
    const [, , first] = program.calls;
    writeFileSync(join(folder, 'double.h'), doubleOf({ ...program, judged: first as never }, 'ENOMEM'));
    const undecided = spawnSync(compiled('told.c', '-include', join(folder, 'double.h')), { encoding: 'utf8' });
    expect(undecided).toMatchObject({ status: 2 });
    expect(undecided.stdout).toContain('undecided');
  });

  it('compares two queries where an object was to stay as it was', () => {
    const document = ran('emulator-uverbs', 'qp/transitions#rc-in-rts-is-given-a-foreign-attribute');
    const check = checkOf(document, 'RTS->RESET with foreign ACCESS_FLAGS');
    expect(told(document, check)).toMatchObject({ status: 0 });
    const program = programOf(ABI, Object.values(document.traces)[0] ?? [], check);
    const { look } = program.judgement;
    if (look?.kind !== 'unchanged') throw new Error('it compares no two queries');
    // The queue pair has another state afterwards.
    const { received = [] } = look.after.line;
    const state = look.places.find(({ name }) => name === 'qp_state');
    const bytes = Buffer.from(received[state?.region ?? 0] ?? '', 'hex');
    bytes[state?.offset ?? 0] = 6;
    (look.after.line as unknown as { received: string[] }).received = received.map((hex, region) =>
      region === state?.region ? bytes.toString('hex') : hex,
    );
    writeFileSync(join(folder, 'double.h'), doubleOf(program));
    const moved = spawnSync(compiled('told.c', '-include', join(folder, 'double.h')), { encoding: 'utf8' });
    expect(moved.status).toBe(1);
    expect(moved.stdout).toContain('expected qp_state 3 as before\ngot      qp_state 6');
  });

  it('takes any text for text', () => {
    const document = ran('faulty:ah-create-grh-off', 'ah/create#without-a-grh');
    const hostile = '*/ #error\n"); exit(0); ("%s%n ??/ \\ /* \u001b[1m µ';
    const { status, stdout } = told(document, { ...checkOf(document), name: hostile, got: '0' });
    expect(status).toBe(1);
    expect(stdout).toContain('*/ #error "); exit(0); ("%s%n ??/ \\ /* \\x1b[1m u');
  });

  it('has only handles that came back in its messages: the device complains of those of the trace', () => {
    const document = ran('faulty:ah-create-grh-off', 'ah/create#without-a-grh');
    told(document, checkOf(document));
    const text = readFileSync(join(folder, 'told.c'), 'utf8');
    writeFileSync(
      join(folder, 'told.c'),
      text.replace(/put\(memory_(\d+)\[1\] \+ 16, pd_\d+, 4\);/, 'put(memory_$1[1] + 16, 1, 4);'),
    );
    const stale = spawnSync(compiled('told.c', '-include', join(folder, 'double.h')), { encoding: 'utf8' });
    expect(stale.status).toBe(WRONG_BYTES);
  });
});

describe('the command', TIMEOUT, () => {
  const SCENARIO = 'ah/create#without-a-grh';

  it('takes the trace of a result, writes the file, and says what it is about', () => {
    ran('faulty:ah-create-grh-off', SCENARIO);
    const out = ['--emit', 'c', '-o', 'check.c'];
    const { status, stdout, stderr } = command('replay', 'faulty-ah-create-grh-off', SCENARIO, ...out);
    expect({ status, stdout, stderr }).toEqual({ status: 0, stdout: '', stderr: '' });
    const text = readFileSync(join(folder, 'check.c'), 'utf8');
    const words = text.replace(/\s+\*?\s*/g, ' ');
    expect(words).toContain(projectSpec().clauses['ah-create-grh']?.sentence);
    for (const word of ['ah-create-grh', 'Check port 2', 'faulty:ah-create-grh-off', 'Build: cc'])
      expect(words).toContain(word);
    expect(text.match(/#include <[^>]+>/g)?.at(-1)).toBe('#include <rdma/rdma_user_ioctl_cmds.h>');
    compiled('check.c');
    expect(spawnSync(join(folder, 'check'), ['/dev/null/none'], { encoding: 'utf8' }).status).toBe(2);
  });

  it('runs a scenario on a backend without a result', () => {
    const { status, stdout } = command('replay', SCENARIO, '--backend', 'faulty:ah-create-grh-off', '--emit', 'c');
    expect(status).toBe(0);
    expect(stdout).toContain('int main(');
  });

  it.each([
    [
      ['replay', 'pd/lifecycle#a-protection-domain', '--backend', 'emulator', '--emit', 'c', '--check', 'pd'],
      /uapi|no such check/,
    ],
    [['replay', SCENARIO, '--backend', 'emulator-uverbs', '--emit', 'c'], /no check of it failed/],
    [['replay', SCENARIO, '--backend', 'emulator-uverbs', '--check', 'x'], /--check: only with --emit/],
    [['replay', SCENARIO], /without --backend a result/],
    [['replay', 'ah/create#without-a', '--backend', 'emulator-uverbs'], /there is no such scenario; did you mean/],
    [['replay', SCENARIO, '--backend', 'emulator-uverbs', '--emit', 'rust'], /Allowed choices are c/],
  ])('refuses %j', (args, words) => {
    const { status, stdout, stderr } = command(...args);
    expect({ status, stdout }).toEqual({ status: 2, stdout: '' });
    expect(stderr).toMatch(words);
  });

  it('names the call of the trace that no program can make', () => {
    const scenario = 'hot_removal/calls#a-file-that-has-not-been-spoken-to';
    const { status, stderr } = command(
      'replay',
      scenario,
      '--backend',
      'faulty:uverbs-removal-calls-first-call',
      '--emit',
      'c',
    );
    expect(status).toBe(2);
    expect(stderr).toMatch(/call \d+ of the trace cannot be emitted: a control/);
  });

  it('leaves a file alone that it did not write', () => {
    writeFileSync(join(folder, 'mine.c'), 'int mine;\n');
    const { status, stderr } = command(
      'replay',
      SCENARIO,
      '--backend',
      'emulator-uverbs',
      '--emit',
      'c',
      '-o',
      'mine.c',
    );
    expect(status).toBe(2);
    expect(stderr).toContain('was not written by this tool');
  });
});
