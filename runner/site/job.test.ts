import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { Interrupted, runJob, type Job } from './job.ts';

let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'job-'));
});

afterEach(() => {
  rmSync(folder, { recursive: true });
});

const shell = (script: string, limit = 30_000): Job => ({ command: 'sh', args: ['-c', script], cwd: folder, limit });
const never = new AbortController().signal;

describe('a job', () => {
  it('gives its code and what it wrote last', async () => {
    const { code, tail } = await runJob(shell('echo out; echo err >&2; exit 7'), never);
    expect(code).toBe(7);
    expect(tail).toContain('out\n');
    expect(tail).toContain('err\n');
  });

  it('says so where there is no such program', async () => {
    const { code, tail } = await runJob({ ...shell(''), command: 'no-such-program' }, never);
    expect(code).toBe(127);
    expect(tail).toMatch(/no-such-program.*ENOENT/);
  });

  it('finds the Node that runs this', async () => {
    const { tail } = await runJob(shell('echo "$PATH"'), never);
    expect(tail.startsWith(`${dirname(process.execPath)}:`)).toBe(true);
  });

  it('is stopped with all it started when it takes too long', async () => {
    const ended = await runJob(shell('(sleep 1; touch late) & wait', 200), never);
    expect(ended.code).not.toBe(0);
    expect(ended.tail).toContain('not done after 0.2 s');
    await setTimeout(1200);
    expect(existsSync(join(folder, 'late'))).toBe(false);
  });

  it('is stopped when somebody wants that, and not begun after it', async () => {
    const stop = new AbortController();
    const running = runJob(shell('touch begun; sleep 20'), stop.signal);
    while (!existsSync(join(folder, 'begun'))) await setTimeout(5);
    stop.abort();
    await expect(running).rejects.toThrow(Interrupted);
    await expect(runJob(shell('touch again'), stop.signal)).rejects.toThrow(Interrupted);
    expect(existsSync(join(folder, 'again'))).toBe(false);
  });
});
