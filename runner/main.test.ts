/** The command as a person or a script meets it: help, exit codes, and one clear line for each mistake. */
import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { COMMANDS } from './commands/table.ts';
import { ROOT } from './project.ts';
import type { ResultDocument } from './result/document.ts';
import type { Provenance } from './result/provenance.ts';

const MAIN = join(ROOT, 'build', 'runner', 'main.js');
const TIMEOUT = { timeout: 60_000 };

let folder: string;

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'main-'));
});

afterAll(() => {
  rmSync(folder, { recursive: true });
});

interface Said {
  readonly status: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs the command in a folder of its own, so that no earlier result is lying about. */
function command(...args: readonly string[]): Said {
  return spawnSync(process.execPath, [MAIN, ...args], { encoding: 'utf8', cwd: folder, input: '' });
}

/** The one line on standard error of a command that ends with exit code 2 and prints nothing else. */
function complaint(...args: readonly string[]): string {
  const { status, stdout, stderr } = command(...args);
  expect({ status, stdout }).toEqual({ status: 2, stdout: '' });
  expect(stderr).toMatch(/^rdma-conformance: [^\n]+\n$/);
  return stderr;
}

describe('help', TIMEOUT, () => {
  it('lists every command', () => {
    const { status, stdout } = command('--help');
    expect(status).toBe(0);
    for (const { name } of COMMANDS) expect(stdout).toContain(`  ${name} `);
  });

  it.each(COMMANDS.map(({ name }) => name))('of %s has an example', (name) => {
    const { status, stdout } = command(name, '--help');
    expect(status).toBe(0);
    expect(stdout).toMatch(new RegExp(`Examples?:\n  \\$ rdma-conformance ${name}`));
  });
});

describe('mistakes', TIMEOUT, () => {
  it.each<[readonly string[], RegExp]>([
    [['frob'], /unknown command 'frob'/],
    [['run', '--frob'], /unknown option '--frob'/],
    [['run', '--backend', 'emulater'], /--backend emulater: there is no such backend; did you mean emulator/],
    [['run', '--backend', 'faulty:none'], /--backend faulty:none: there is no such backend; `list defects`/],
    [['run', '--model', 'none'], /--model none: emulator has no such model; there are: verbs, ud-srd, no-qp/],
    [['run', '--clause', 'pd-crate'], /--clause pd-crate: there is no such clause; did you mean pd-create/],
    [['run', '--object', 'pq'], /--object pq: there is no such object or rule family; there are: /],
    [['run', '--tags', 'and'], /--tags and: /],
    [['run', '--seed', '-1'], /--seed <n>: -1 is not a whole number from 0/],
    [['run', '--hazard', 'much'], /Allowed choices are safe, disruptive, removes-device/],
    [['run', '--out', '/proc/results'], /\/proc\/results[^ ]*: cannot be written/],
    [['run', '--format', 'junti=x'], /--format junti=x: there is no view junti; did you mean junit\?/],
    [
      ['run', '--format', 'junit=x'],
      /--format junit=x: a run of 4 models writes one file for each; put \{model\} in the name/,
    ],
    [['run', '--model', 'verbs', '--format', 'junit'], /--format junit: a run needs a file for it/],
    [
      ['run', '--connect', 'x', '--backend', 'emulator'],
      /'--connect <agent>' cannot be used with option '--backend <id>'/,
    ],
    [['run', '--connect', 'no-such-agent --stdio'], /--connect no-such-agent --stdio: .* cannot be started: .*ENOENT/],
    [['run', '--connect', "'agent"], /--connect 'agent: .*a quote ' is never closed/],
    [['run', '--connect', 'unix:none'], /--connect unix:none: .*ENOENT/],
    [['run', '--connect', 'false'], /--connect false: the connection to the agent is lost.*; it ended with code 1/],
    [['run', '--validate'], /--validate: checks the messages of a connection; give --connect/],
    [['serve'], /serve: where\? give --stdio or --listen PATH/],
    [['serve', '--stdio', '--listen', 'x'], /'--stdio' cannot be used with option '--listen <path>'/],
    [['serve', '--stdio', '--backend', 'emulater'], /--backend emulater: there is no such backend; did you mean/],
    [['serve', '--stdio', '--model', 'none'], /--model none: emulator has no such model/],
    [['serve', '--listen', '/proc/none'], /--listen \/proc\/none: /],
    [['view', 'none.json', '--format', 'junit'], /none\.json: cannot be read: there is no such file/],
    [['view', 'none.json'], /--format: names the view to write: junit, ctrf, ktap, messages/],
    [['explain', 'pd-crate'], /pd-crate: there is no such clause; did you mean pd-create/],
    [['replay', 'none.json', 'pd/x#y'], /none\.json: cannot be read: there is no such file/],
    [['certify', 'cor', 'none.json'], /cor: there is no such profile; did you mean core/],
    [['certify', 'core', 'none.json'], /none\.json: cannot be read: there is no such file/],
    [['coverage', '--provenance', 'none.json'], /none\.json: cannot be read: there is no such file/],
    [['coverage', 'none.json'], /none\.json: cannot be read: there is no such file/],
    [['decode', '0800zz', '--request', '0xc0081b01'], /message:1:5: "z" is not a hex digit/],
    [['decode', '0800'], /--request: a message in hex needs the number of its ioctl/],
    [['decode', '080004', '--request', '0xc0081b01'], /message: byte 3: /],
    [['decode', 'nonsense'], /nonsense: neither a file nor hex digits/],
    [['site', '--out', '/proc/site'], /\/proc\/site: cannot be written/],
    [['prove', '--defect', 'none'], /--defect none: there is no such defect/],
    [['prove', '--sample', '1', '--out', '.'], /\.: is in the way: it is not a file/],
    [['prove', '--sample', '1', '--out', 'proofs/'], /--out proofs\/: names no file/],
    [['prove', '--sample', '1', '--out', '/proc/none/proof.json'], /\/proc\/none: cannot be written/],
  ])('%j is one clear line', (args, message) => {
    expect(complaint(...args)).toMatch(message);
  });

  it('a foreign result document is refused with its place and left alone', () => {
    const path = join(folder, 'foreign', 'result.json');
    command('run', '--model', 'no-qp', '--clause', 'pd-create', '--out', join(folder, 'foreign'), '--quiet');
    const foreign = readFileSync(path, 'utf8').replace('rdma-conformance-result', 'other-tool');
    writeFileSync(path, foreign);
    expect(complaint('coverage', path)).toMatch(/not a result document of this tool: \/format/);
    expect(complaint('explain', 'pd-create', '--result', path)).toMatch(/not a result document of this tool/);
    expect(complaint('run', '--model', 'no-qp', '--out', join(folder, 'foreign'))).toMatch(
      /was not written by this tool/,
    );
    expect(readFileSync(path, 'utf8')).toBe(foreign);
  });
});

describe('a small proof', TIMEOUT, () => {
  const prove = ['prove', '--defect', 'pd-create-over-strict'];

  it('writes a document', () => {
    const path = join(folder, 'proofs', 'proof.json');
    expect(command(...prove, '--out', path)).toMatchObject({ status: 0, stderr: '' });
    const { complete, defects } = JSON.parse(readFileSync(path, 'utf8')) as { complete: boolean; defects: object[] };
    expect(complete).toBe(false);
    expect(defects).toMatchObject([{ id: prove[2], caught: true, reasons: [] }]);
  });

  it('leaves a foreign file alone', () => {
    const path = join(folder, 'mine.json');
    writeFileSync(path, '{"mine": true}\n');
    expect(complaint(...prove, '--out', path)).toMatch(/mine\.json: was not written by this tool/);
    expect(readFileSync(path, 'utf8')).toBe('{"mine": true}\n');
  });
});

describe('a claim', TIMEOUT, () => {
  const out = 'claimed';
  const certify = (profile: string, ...more: string[]): Said => command('certify', profile, out, ...more);

  it('is not made of a study, whatever was found', () => {
    command('run', '--quiet', '--model', 'no-qp', '--out', out);
    const { status, stdout } = certify('no-qp');
    expect({ status, last: stdout.trimEnd().split('\n').at(-1) }).toEqual({
      status: 3,
      last: 'met; no claim: the implementation is part of this project: its results are a study of the specification',
    });
    expect(certify('no-qp', '--all').stdout).toMatch(/\nmet\nmessage-vectors\n/);
    expect(JSON.parse(certify('no-qp', '--json').stdout)).toMatchObject({ claim: false, outcome: 'met', lacks: [] });
  });

  it('is not met by a device that lacks what is required', () => {
    expect(certify('verbs')).toMatchObject({
      status: 1,
      stdout: expect.stringMatching(/required, and not offered: .*qp-rc[^]*\nnot met; no claim/) as string,
    });
  });

  it('does not rest on a document that was changed after the run', () => {
    const path = join(folder, out, 'result.json');
    const document = JSON.parse(readFileSync(path, 'utf8')) as ResultDocument;
    const verdicts = document.verdicts.map((one) => ({ ...one, verdict: 'conformant', passed: 1 }));
    writeFileSync(path, JSON.stringify({ ...document, verdicts }));
    expect(complaint('certify', 'no-qp', out)).toMatch(/the document was changed after the run/);
  });
});

describe('a claim for what is not of this project', TIMEOUT, () => {
  // Nothing that this project does not implement is at hand, so an agent says of ours that it is a stranger's.
  const STRANGER = `
import { spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
const served = spawn(process.execPath, [${JSON.stringify(MAIN)}, 'serve', '--model', 'no-qp', '--stdio'], {
  stdio: ['inherit', 'pipe', 'inherit'],
});
for await (const line of createInterface({ input: served.stdout }))
  process.stdout.write(line.replace('"study":true', '"study":false') + '\\n');
`;

  function certified(...hazard: readonly string[]): Said & { readonly json: unknown } {
    writeFileSync(join(folder, 'stranger.mjs'), STRANGER);
    const agent = `'${process.execPath}' stranger.mjs`;
    const out = join('stranger', ...hazard);
    expect(command('run', '--quiet', '--connect', agent, '--model', 'no-qp', '--out', out, ...hazard).status).toBe(0);
    const said = command('certify', 'no-qp', out);
    return { ...said, json: JSON.parse(command('certify', 'no-qp', out, '--json').stdout) };
  }

  it('is carried by a whole run in which all that is demanded is met', () => {
    const { status, stdout, json } = certified('--hazard', 'removes-device');
    expect(stdout).toMatch(/\nmet: the claim can be made, for what was tested and on that day\n$/);
    expect(json).toMatchObject({ claim: true, outcome: 'met', lacks: [], subject: { study: false } });
    expect(json).not.toHaveProperty('obstacle');
    expect(status).toBe(0);
  });

  it('is not carried where scenarios were left out for what they may disturb', () => {
    const { status, stdout, json } = certified();
    expect(stdout).toMatch(/\nundecided; no claim: the run left scenarios out that may disturb others/);
    expect(json).toMatchObject({ claim: false, outcome: 'undecided' });
    expect(status).toBe(3);
  });
});

describe('a small run', TIMEOUT, () => {
  const run = ['run', '--model', 'no-qp', '--clause', 'pd-create'];

  it('writes a result that the other commands read', () => {
    const { status, stdout, stderr } = command(...run, '--trace', 'all');
    expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
    expect(stdout).toContain('results/emulator/no-qp/result.json');
    expect(command('explain', 'pd-create').stdout).toContain('last verdict: conformant');
    expect(command('coverage').stdout).toMatch(/Protection domain +\d+ +1 /);
    expect(command('coverage', '--provenance')).toMatchObject({
      status: 0,
      stderr: '',
      stdout: expect.stringMatching(
        /^results: results\/emulator\/no-qp\/.*\n[^]* pd-create, .* decide \d+ of \d+; conformant 1, .*\n[^]*\nall +\d+ .*\n\nleft open\n/,
      ) as string,
    });
    const { statements, standings } = JSON.parse(command('coverage', '--provenance', '--json').stdout) as Provenance;
    expect(statements.length).toBe(Object.values(standings).reduce((sum, number) => sum + number));
    const homes = statements.flatMap(({ clauses }) => clauses);
    expect(homes.find((home) => home.clause === 'pd-create')?.verdicts).toEqual({ conformant: 1 });
    expect(command('decode', 'results/emulator/no-qp/result.json').stdout).toContain('ioctl(3, pd.create ');
    const { scenarios } = JSON.parse(readFileSync(join(folder, 'results/emulator/no-qp/result.json'), 'utf8')) as {
      scenarios: { id: string; outcome: string }[];
    };
    const id = scenarios.find(({ outcome }) => outcome === 'passed')?.id ?? '';
    const replayed = command('replay', 'results/emulator/no-qp', id);
    expect(replayed.status).toBe(0);
    expect(replayed.stdout).toMatch(/pd\.create .*\n[^]*passed pd-create: [^]*\npassed\n$/);
  });

  it('is written in every form as it runs, and the same from its result', () => {
    const out = join(folder, 'views');
    const path = join(out, 'result.json');
    const formats = ['junit', 'ctrf', 'ktap', 'messages'];
    const files = formats.flatMap((id) => ['--format', `${id}=${join(out, `{model}.${id}`)}`]);
    expect(command(...run, '--out', out, ...files).status).toBe(0);
    for (const id of formats) {
      const { status, stdout, stderr } = command('view', path, '--format', id);
      expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
      expect(stdout).toBe(readFileSync(join(out, `no-qp.${id}`), 'utf8'));
    }
  });

  it('that was cut off is no success in any form', () => {
    const out = join(folder, 'cut');
    command(...run, '--out', out);
    const journal = join(out, 'journal.ndjson');
    const lines = readFileSync(journal, 'utf8').split('\n');
    const last = lines.findLastIndex((line) => line.startsWith('{"kind":"started"'));
    writeFileSync(journal, [...lines.slice(0, last + 1), '{"kind":"fin'].join('\n'));
    rmSync(join(out, 'result.json'));
    for (const path of [out, journal]) {
      expect(command('view', path, '--format', 'junit').stdout).toMatch(/<testsuites [^>]*failures="0" errors="[1-9]/);
      expect(command('view', path, '--format', 'ktap').stdout).toMatch(/^not ok \d+ /m);
      expect(command('view', path, '--format', 'ctrf').stdout).toMatch(/"failed": [1-9]/);
      expect(command('view', path, '--format', 'messages').stdout).toContain('"testRunFinished":{"success":false');
    }
  });

  it('keeps the calls of checks that passed where all were asked for', () => {
    const calls = (...more: readonly string[]): boolean[] => {
      const out = join(folder, `calls${more.join('')}`);
      command(...run, '--out', out, ...more);
      const { scenarios } = JSON.parse(readFileSync(join(out, 'result.json'), 'utf8')) as ResultDocument;
      return scenarios.flatMap(({ checks }) => checks.map(({ call }) => call !== undefined));
    };
    expect(new Set(calls())).toEqual(new Set([false]));
    expect(calls('--trace', 'all')).toContain(true);
  });

  it('is one object per model for a script', () => {
    const { stdout } = command(...run, '--json', '--out', join(folder, 'json'));
    const [outline] = JSON.parse(stdout) as { exitCode: number; result: string; complete: boolean }[];
    expect(outline).toMatchObject({ exitCode: 0, complete: true });
    expect(existsSync(outline?.result ?? '')).toBe(true);
  });

  it('is compared with another', () => {
    const select = ['--model', 'verbs', '--clause', 'cq-create-zero', '--quiet', '--out'];
    for (const backend of ['emulator', 'faulty:cq-create-zero-off', 'emulator-uverbs'])
      command('run', '--backend', backend, ...select, join(folder, 'diff', backend));
    const [sound, faulty, uverbs] = ['emulator', 'faulty:cq-create-zero-off', 'emulator-uverbs'].map((backend) =>
      join('diff', backend),
    ) as [string, string, string];
    const worse = command('diff', sound, faulty);
    expect(worse).toMatchObject({ status: 1, stderr: '' });
    expect(worse.stdout).toMatch(/\nregressed: cq-create-zero \(conformant, then nonconformant\)\n/);
    expect(worse.stdout).toMatch(/\n {2}after +failed with /);
    expect(command('diff', faulty, sound)).toMatchObject({
      status: 0,
      stdout: expect.stringMatching(/\nmended: cq-/) as string,
    });
    expect(command('diff', sound, sound)).toMatchObject({
      status: 0,
      stdout: expect.stringMatching(/no diff/) as string,
    });
    const json = JSON.parse(command('diff', sound, faulty, '--json').stdout) as object;
    expect(json).toMatchObject({
      exitCode: 1,
      before: { complete: true },
      unlike: [{ what: 'backend' }],
      clauses: { regressed: [{ clause: 'cq-create-zero' }] },
    });
    expect(complaint('diff', sound, uverbs)).toMatch(/is about uverbs, .* about uapi/);
  });

  it('uses no colour in a pipe', () => {
    expect(command(...run, '--out', join(folder, 'plain')).stdout).not.toContain('\u001b');
  });
});
