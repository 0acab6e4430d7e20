import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { BackendError } from '../backend.ts';
import { DRIVERS, SERIES, findKernel, modulesOf } from './kernels.ts';

function cache(): string {
  const made = mkdtempSync(join(tmpdir(), 'rdma-conformance-kernels.'));
  onTestFinished(() => {
    rmSync(made, { recursive: true });
  });
  return made;
}

describe('the kernels that were fetched', () => {
  it('are told by their release, with our modules in a fixed order', () => {
    const folder = join(cache(), '6.1');
    mkdirSync(join(folder, 'conform'), { recursive: true });
    writeFileSync(join(folder, 'stamp'), 'x\n');
    writeFileSync(join(folder, 'release'), '6.1.0-56-amd64\n');
    for (const name of ['b.ko', 'a.ko', 'a.o']) writeFileSync(join(folder, 'conform', name), '');
    const kernel = findKernel(join(folder, '..'), '6.1');
    expect(kernel.release).toBe('6.1.0-56-amd64');
    expect(kernel.ours).toEqual([join(folder, 'conform', 'a.ko'), join(folder, 'conform', 'b.ko')]);
  });

  it('are a matter of configuration where they are missing, and of one command', () => {
    const empty = cache();
    try {
      findKernel(empty, '6.12');
      expect.unreachable();
    } catch (thrown) {
      expect(thrown).toBeInstanceOf(BackendError);
      expect((thrown as BackendError).kind).toBe('config');
      expect((thrown as BackendError).message).toContain('backends/linux_vm/fetch.sh --kernel 6.12');
    }
  });

  it('load each module after what it needs, and only the driver that is asked for', () => {
    for (const series of SERIES) {
      for (const driver of DRIVERS) {
        const modules = modulesOf(series, driver);
        const at = (name: string): number => modules.indexOf(name);
        expect(new Set(modules).size).toBe(modules.length);
        expect(modules.at(-1)).toBe(driver === 'rxe' ? 'rdma_rxe' : 'siw');
        expect(modules.some((name) => name === (driver === 'rxe' ? 'siw' : 'rdma_rxe'))).toBe(false);
        expect(at('crc32_generic')).toBeGreaterThan(-1);
        expect(at('ib_core')).toBeLessThan(at('ib_uverbs'));
        expect(at('virtio_console') === -1).toBe(series === '6.12');
      }
    }
  });
});
