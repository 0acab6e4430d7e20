import { spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openGuest, type Guest } from './guest.ts';
import { guestMissing } from './guest_missing.ts';
import { cacheFolder } from './place.ts';

const missing = guestMissing();

async function ask(guest: Guest, text: string): Promise<string> {
  const answered = new Promise<Buffer>((resolve) => guest.agent().once('data', resolve));
  guest.agent().write(text);
  return (await answered).toString();
}

describe.skipIf(missing)('a guest', () => {
  let folder: string;
  let guest: Guest;

  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'rdma-conformance-guest.'));
    const agent = join(folder, 'agent-program');
    const source = join(import.meta.dirname, 'echo_agent.c');
    const built = spawnSync('gcc', ['-O2', '-Wall', '-static', '-o', agent, source], { encoding: 'utf8' });
    expect(built.stderr).toBe('');
    // A cache of its own, so that the snapshot of the real agent stays.
    for (const name of ['init', '6.1']) symlinkSync(join(cacheFolder(), name), join(folder, name));
    guest = await openGuest({ kernel: '6.1', driver: 'rxe', cache: folder, agent });
  }, 180_000);

  afterAll(async () => {
    await guest.stop();
    rmSync(folder, { recursive: true });
  });

  it('carries bytes to its agent and back', async () => {
    expect(await ask(guest, 'hello\n')).toBe('hello\n');
  });

  it('is another one after a restart, which needs no boot', async () => {
    await guest.restart();
    expect(await ask(guest, 'again\n')).toBe('again\n');
    expect(guest.console()).toBe('');
  });

  it('ends with the panic of its kernel, and is there again', async () => {
    guest.agent().write('panic');
    await guest.ended();
    expect(guest.console()).toContain('Kernel panic - not syncing: sysrq triggered crash');
    await guest.restart();
    expect(await ask(guest, 'again\n')).toBe('again\n');
  });

  it('ends with its agent, and says how that ended', async () => {
    guest.agent().write('end');
    await guest.ended();
    expect(guest.console()).toContain('the agent ended with code 7');
    await guest.restart();
  });

  it('boots again where its snapshot is spoiled', async () => {
    const snapshots = join(folder, 'snapshots');
    const [name = ''] = readdirSync(snapshots);
    writeFileSync(join(snapshots, name, 'state'), 'nonsense');
    await guest.restart();
    expect(await ask(guest, 'again\n')).toBe('again\n');
    expect(readdirSync(snapshots)).toEqual([name]);
  }, 180_000);

  it('says why it does not start', async () => {
    const agent = join(folder, 'nonsense');
    spawnSync('cp', ['/etc/passwd', agent]);
    const opened = openGuest({ kernel: '6.1', driver: 'rxe', cache: folder, agent });
    await expect(opened).rejects.toThrow(
      /a guest that boots: QEMU ended .*\n.*linux-vm: \/bin\/conformd: Exec format error/,
    );
    expect(readdirSync(join(folder, 'snapshots')).filter((name) => name.startsWith('partial'))).toEqual([]);
  });

  it('needs an agent', async () => {
    const opened = openGuest({ kernel: '6.1', driver: 'rxe', cache: folder, agent: join(folder, 'nothing') });
    await expect(opened).rejects.toThrow('nothing is missing; this makes it: backends/linux_vm/fetch.sh');
  });
});
