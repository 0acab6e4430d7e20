/** What conformd does not do: open other files, listen to others, stay when its client has gone. */
import { execFileSync, spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, describe, expect, it } from 'vitest';
import { CONFORMD, build, childrenOf, endAll, lives, reach, session, start } from './running_agent.ts';

const built = build();
const folder = mkdtempSync(join(tmpdir(), 'conformd-'));
afterAll(() => {
  rmSync(folder, { recursive: true });
});

describe.skipIf(!built)('conformd', () => {
  afterEach(endAll);

  it('opens what is on its list, by whatever name leads there, and nothing else', async () => {
    const link = join(folder, 'link');
    const away = join(folder, 'away');
    symlinkSync('/dev/zero', link);
    symlinkSync('/etc/passwd', away);
    const client = await session('/dev/zero', link);
    const process = await client.process();
    const open = (path: string) => client.ask('open', { process, path, flags: 0 });
    for (const path of ['/dev/zero', link, '/dev//zero']) expect((await open(path)).result).toHaveProperty('value');
    for (const path of ['/dev/null', away, '/dev/../dev/zero', folder, 'dev/zero', ''])
      expect((await open(path)).error?.code).toBe(-32004);
    expect((await open('/dev/nothing')).result).toEqual({ errno: 2 });
    expect((await open('/dev/nothing\0')).error?.code).toBe(-32700);
    rmSync(link);
    symlinkSync('/etc/passwd', link);
    // The operator's own name leads where the operator lets it lead.
    expect((await open('/etc/passwd')).result).toHaveProperty('value');
  });

  it('listens at a socket that is its owner’s alone, for one client at a time, and takes it away', async () => {
    const path = join(folder, 'socket');
    const agent = start('--listen', path, '--device', '/dev/null');
    const client = await (await reach(path)).hello();
    expect(statSync(path).mode & 0o777).toBe(0o600);
    const second = await reach(path);
    expect(await second.hear()).toMatchObject({ id: null, error: { code: -32005 } });
    await second.ended;
    const process = await client.process();
    await client.call('bye', {});
    await client.ended;
    expect(lives(process)).toBe(false);
    const third = await (await reach(path)).hello();
    expect((await third.ask('close', { process, fd: 3 })).error?.code).toBe(-32602);
    const other = spawnSync(CONFORMD, ['--listen', path], { encoding: 'utf8' });
    expect([other.status, other.stderr]).toEqual([2, expect.stringContaining(`${path}: File exists`)]);
    await endAll();
    expect(agent.exitCode).toBe(0);
    expect(existsSync(path)).toBe(false);
  });

  it('takes the place of a dead socket, and of nothing else', async () => {
    const path = join(folder, 'dead');
    const first = start('--listen', path);
    await reach(path);
    first.kill('SIGKILL');
    await new Promise((resolve) => first.once('exit', resolve));
    start('--listen', path);
    await (await reach(path)).hello();
    const file = join(folder, 'file');
    writeFileSync(file, 'precious');
    const refused = spawnSync(CONFORMD, ['--listen', file], { encoding: 'utf8' });
    expect([refused.status, refused.stderr]).toEqual([2, expect.stringContaining('File exists')]);
    expect(readFileSync(file, 'utf8')).toBe('precious');
  });

  it('leaves nobody behind, however it ends', async () => {
    for (const signal of ['SIGTERM', 'SIGKILL'] as const) {
      const agent = start('--listen', join(folder, 'end'), '--device', '/dev/null');
      const client = await (await reach(join(folder, 'end'))).hello();
      const process = await client.process();
      await client.call('fork', { process });
      const children = [...childrenOf(agent.pid ?? 0), ...childrenOf(process)];
      expect(children).toHaveLength(2);
      agent.kill(signal);
      await client.ended;
      await expect.poll(() => children.filter(lives)).toEqual([]);
      rmSync(join(folder, 'end'), { force: true });
    }
  });

  it('plays a session from a file', () => {
    const hello = { jsonrpc: '2.0', id: 1, method: 'hello', params: { protocol: [1], client: 'x' } };
    const process = { jsonrpc: '2.0', id: 2, method: 'process', params: { privileged: true } };
    const input = [hello, process].map((line) => `${JSON.stringify(line)}\n`).join('');
    const { stdout, status } = spawnSync(CONFORMD, ['--device', '/dev/null'], { input, encoding: 'utf8' });
    expect([status, stdout.match(/"id":\d/g)]).toEqual([0, ['"id":1', '"id":2']]);
  });

  it('refuses a command line it does not understand', () => {
    const said = (...args: string[]): [number | null, string] => {
      const { status, stderr } = spawnSync(CONFORMD, args, { encoding: 'utf8' });
      return [status, stderr];
    };
    for (const args of [['--nope'], ['x'], ['--stdio', '--port', '/x'], ['--device', '../x'], ['--patience', '-1']])
      expect(said(...args)).toEqual([2, expect.stringContaining('conformd --help tells more')]);
    for (const args of [
      ['--path', 'port=1'],
      ['--path', 'port=1,sgid_index=0,dgid=zz'],
    ])
      expect(said(...args)).toEqual([2, expect.stringContaining('--path wants')]);
    expect(said('--port', join(folder, 'nothing'))).toEqual([2, expect.stringContaining('No such file')]);
    expect(execFileSync(CONFORMD, ['--help'], { encoding: 'utf8' })).toContain('conformd --device uverbs0');
    expect(execFileSync(CONFORMD, ['--version'], { encoding: 'utf8' })).toMatch(/^conformd \d+\.\d+\.\d+\n$/);
  });
});
