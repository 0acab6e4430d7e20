/** Agents that are real processes: how they are started, how they end, and what is told of it. */
import { setTimeout } from 'node:timers/promises';
import { expect, it } from 'vitest';
import { daemonBackend } from './client.ts';
import { connectTo } from './connect.ts';
import { spawnLink } from './spawned_link.ts';

const HELLO = {
  protocol: 1,
  agent: 'x',
  limits: { frame: 65536, batch: 1, inflight: 1, processes: 1, regions: 1, bytes: 4096 },
};
/** Says hello to whatever comes first, then does as the argument says. */
const script = (then: string): string[] => [
  process.execPath,
  '-e',
  `process.stdin.once('data', () => { console.log('${JSON.stringify({ jsonrpc: '2.0', id: 1, result: HELLO })}'); ${then} });`,
];

const open = (then: string) => daemonBackend({ connect: () => spawnLink(script(then)), deadline: 10_000 });

const matching = (pattern: RegExp | string): unknown => expect.stringMatching(pattern);

function isThere(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
}

it('says how an agent ended and what its last words were', async () => {
  const backend = await open(
    `process.stdin.once('data', () => { console.error('no such device'); process.exit(3); });`,
  );
  const wanted = {
    kind: 'crash',
    message: matching(/lost; it ended with code 3; its last words: no such device$/),
  };
  await expect(backend.describe()).rejects.toMatchObject(wanted);
  await backend.close();
});

it('keeps the end of what an agent says, not all of it', async () => {
  const words = `for (let i = 0; i < 2000; i += 1) console.error('line ' + i);`;
  const kill = `process.stderr.write('', () => process.kill(process.pid, 'SIGKILL'));`;
  const backend = await open(`process.stdin.once('data', () => { ${words} ${kill} });`);
  const thrown = await backend.describe().then(String, String);
  expect(thrown).toMatch(/it was ended by SIGKILL; its last words: (line \d+\n){11}line 1999$/);
  await backend.close();
});

it('starts another where the first one crashed', async () => {
  const backend = await open(`process.stdin.once('data', () => process.exit(1));`);
  await expect(backend.describe()).rejects.toMatchObject({ kind: 'crash' });
  expect(await backend.reset()).toEqual({ leaked: {} });
  await backend.close();
});

it('ends an agent that does not want to', async () => {
  const stubborn = `process.on('SIGTERM', () => 0); setInterval(() => 0, 1000); console.log('ready')`;
  const link = await spawnLink([process.execPath, '-e', `${stubborn}; console.log(process.pid)`]);
  let said = '';
  link.from.on('data', (chunk: Buffer) => (said += chunk.toString()));
  await expect.poll(() => said, { timeout: 20_000 }).toMatch(/ready\n\d+\n/);
  const pid = Number(said.split('\n')[1]);
  expect(isThere(pid)).toBe(true);
  await link.end(false);
  await setTimeout(50);
  expect(isThere(pid)).toBe(false);
});

it('lets one finish that was told', async () => {
  const link = await spawnLink([process.execPath, '-e', `process.stdin.on('end', () => process.exit(5)).resume()`]);
  await link.end(true);
  expect(await link.epitaph?.()).toBe('it ended with code 5');
});

it('cannot start what is not there', async () => {
  const wanted = { kind: 'config', message: matching(/^no-such-agent cannot be started: .*ENOENT/) };
  await expect(connectTo('no-such-agent --stdio')()).rejects.toMatchObject(wanted);
  await expect(connectTo('unix:/proc/none')()).rejects.toMatchObject({
    kind: 'config',
    message: matching(/^unix:\/proc\/none: /),
  });
  await expect(connectTo('  ')()).rejects.toMatchObject({
    kind: 'config',
    message: 'there is no command to connect to',
  });
});
