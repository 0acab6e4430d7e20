import { spawnSync } from 'node:child_process';
import { describe, expect, it } from 'vitest';
import { buildCompletions } from './build.ts';

describe('the encodings of completions', { timeout: 60_000 }, () => {
  it('tell the same, whatever a completion has, and stay within their room', () => {
    const program = buildCompletions('completions-check', '-O1', '-g', '-fsanitize=address,undefined');
    expect(spawnSync(program, ['check'], { encoding: 'utf8' })).toMatchObject({ status: 0, stdout: '', stderr: '' });
  });
});
