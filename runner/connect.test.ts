/** Runs over a connection, as a person starts them: an agent that dies, and what results of a connection know. */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { ROOT } from './project.ts';
import type { ResultDocument } from './result/document.ts';

const MAIN = join(ROOT, 'build', 'runner', 'main.js');
const SERVER = `'${process.execPath}' '${MAIN}' serve --model no-qp --stdio`;
const TIMEOUT = { timeout: 120_000 };

/** Passes on what is said, and ends at the first call after the third reset; every other one of its kind lives. */
const MORTAL = `
import { spawn } from 'node:child_process';
import { existsSync, writeFileSync } from 'node:fs';
const [main, mark] = process.argv.slice(2);
const mortal = !existsSync(mark);
writeFileSync(mark, '');
const child = spawn(process.execPath, [main, 'serve', '--model', 'no-qp', '--stdio'], { stdio: ['pipe', 'inherit', 'inherit'] });
let resets = 0;
let over = false;
process.stdin.on('data', (chunk) => {
  for (const line of chunk.toString().split('\\n')) {
    if (line.includes('"reset"')) resets += 1;
    else if (resets >= 3 && line.includes('"ioctl"')) over = true;
  }
  if (!mortal || !over) child.stdin.write(chunk);
  else {
    console.error('oops: the machine is on fire');
    process.exit(7);
  }
}).on('end', () => child.stdin.end());
child.on('exit', () => process.exit(0));
`;

let folder: string;

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'connect-'));
});

afterAll(() => {
  rmSync(folder, { recursive: true });
});

function command(...args: readonly string[]) {
  return spawnSync(process.execPath, [MAIN, ...args], { encoding: 'utf8', cwd: folder, input: '' });
}

it('survives an agent that dies: its scenario is errored, and the run goes on with another agent', TIMEOUT, () => {
  writeFileSync(join(folder, 'mortal.mjs'), MORTAL);
  const agent = `'${process.execPath}' mortal.mjs '${MAIN}' mark`;
  const { status, stderr } = command('run', '--connect', agent, '--object', 'pd', '--out', 'dying', '--quiet');
  expect({ status, stderr }).toEqual({ status: 3, stderr: '' });
  const document = JSON.parse(readFileSync(join(folder, 'dying', 'no-qp', 'result.json'), 'utf8')) as ResultDocument;
  const errored = document.scenarios.filter(({ outcome }) => outcome === 'errored');
  expect(errored).toHaveLength(1);
  expect(errored[0]).toMatchObject({ errored: 'crash' });
  expect(errored[0]?.reason).toMatch(/ended with code 7; its last words: oops: the machine is on fire/);
  expect(document.scenarios.filter(({ outcome }) => outcome === 'passed').length).toBeGreaterThan(1);
});

it('keeps no command in a result, and runs none from it', TIMEOUT, () => {
  const { status } = command('run', '--connect', SERVER, '--name', 'pd/lifecycle', '--quiet');
  expect(status).toBe(0);
  const text = readFileSync(join(folder, 'results', 'connect', 'no-qp', 'result.json'), 'utf8');
  expect(text.includes('--stdio')).toBe(false);
  const [scenario] = (JSON.parse(text) as ResultDocument).scenarios;
  const replay = ['replay', 'results/connect/no-qp', scenario?.id ?? ''];
  const refused = command(...replay);
  expect(refused.status).toBe(2);
  expect(refused.stderr).toMatch(/was made over a connection; say with --connect what to run it on/);
  const again = command(...replay, '--connect', SERVER);
  expect(again.stderr).toBe('');
  expect(again.stdout).toMatch(/\npassed\n$/);
});

it('says which side is at fault', TIMEOUT, () => {
  const answers = [
    `{"jsonrpc":"2.0","id":1,"result":{"protocol":1,"agent":"x","limits":{"frame":65536,"batch":1,"inflight":1,"processes":1,"regions":1,"bytes":4096}}}`,
    `{"jsonrpc":"2.0","id":2,"result":{"implementation":""}}`,
  ];
  const script = `const said = ${JSON.stringify(answers)}; process.stdin.on('data', () => console.log(said.shift()));`;
  writeFileSync(join(folder, 'wrong.cjs'), script);
  const { status, stderr } = command('run', '--connect', `'${process.execPath}' wrong.cjs`, '--validate');
  expect(status).toBe(2);
  expect(stderr).toMatch(/^rdma-conformance: --connect .*: describe: the agent is at fault: result must have required/);
});
