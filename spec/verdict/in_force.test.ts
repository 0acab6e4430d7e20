import { describe, expect, it } from 'vitest';
import { compareReleases, notInForce } from './in_force.ts';

const clause = { abi: ['uverbs'] as const };

describe('notInForce', () => {
  it('wants an ABI that can express the clause', () => {
    expect(notInForce(clause, { abi: 'uapi' })).toBe('uapi cannot express it');
    expect(notInForce(clause, { abi: 'uverbs', kernel: '6.1.0-56-amd64' })).toBeUndefined();
  });

  it('holds nothing against a kernel for what a later one brought', () => {
    const since = { ...clause, since: '6.12' };
    expect(notInForce(since, { abi: 'uverbs', kernel: '6.1.0-56-amd64' })).toMatch(
      /since Linux 6\.12.*6\.1\.0-56-amd64/,
    );
    for (const kernel of ['6.12.117+deb12-amd64', '6.13.1', '7.0'])
      expect(notInForce(since, { abi: 'uverbs', kernel })).toBeUndefined();
  });

  it('holds nothing against a kernel for what it no longer has to do', () => {
    const until = { ...clause, until: '6.12' };
    expect(notInForce(until, { abi: 'uverbs', kernel: '6.1.0-56-amd64' })).toBeUndefined();
    expect(notInForce(until, { abi: 'uverbs', kernel: '6.12.117' })).toMatch(/before Linux 6\.12/);
  });

  it('takes what has no kernel for the newest', () => {
    expect(notInForce({ ...clause, since: '6.12' }, { abi: 'uverbs' })).toBeUndefined();
    expect(notInForce({ ...clause, until: '6.12' }, { abi: 'uverbs' })).toBe('held before Linux 6.12');
  });
});

describe('compareReleases', () => {
  it('compares numbers, not text, as far as both go', () => {
    expect(compareReleases('6.2', '6.12')).toBeLessThan(0);
    expect(compareReleases('6.12.117+deb12', '6.12')).toBe(0);
    expect(compareReleases('10.0', '9.99')).toBeGreaterThan(0);
  });
});
