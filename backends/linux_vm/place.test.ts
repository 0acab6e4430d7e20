import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { ROOT, agentFile, cacheFolder, needed } from './place.ts';

function folder(): string {
  const made = mkdtempSync(join(tmpdir(), 'rdma-conformance-place.'));
  onTestFinished(() => {
    rmSync(made, { recursive: true });
  });
  return made;
}

describe('the place of kernels and snapshots', () => {
  it('is below build/ in a clone', () => {
    expect(cacheFolder({})).toBe(join(ROOT, 'build', 'linux-vm'));
  });

  it('is never inside an installed package', () => {
    const installed = folder();
    expect(cacheFolder({ XDG_CACHE_HOME: '/cache' }, installed)).toBe('/cache/rdma-conformance/linux-vm');
    expect(cacheFolder({ XDG_CACHE_HOME: '' }, installed)).toMatch(/\/\.cache\/rdma-conformance\/linux-vm$/);
  });

  it('has the agent in a clone where make leaves it, and never inside an installed package', () => {
    expect(agentFile('/cache')).toBe(join(ROOT, 'build', 'conformd', 'conformd'));
    expect(agentFile('/cache', folder())).toBe('/cache/conformd/conformd');
  });

  it('can be named', () => {
    expect(cacheFolder({ RDMA_CONFORMANCE_LINUX_VM: '/elsewhere' })).toBe('/elsewhere');
  });

  it('says which command makes a file that is missing', () => {
    const file = join(folder(), 'init');
    expect(() => needed(file, 'make init')).toThrow(`${file} is missing; this makes it: make init`);
    writeFileSync(file, 'x');
    expect(needed(file, 'make init').toString()).toBe('x');
  });
});
