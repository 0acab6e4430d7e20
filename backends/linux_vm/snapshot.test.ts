import { existsSync, mkdtempSync, mkdirSync, readdirSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { beginSnapshot, findSnapshot, keepSnapshot, snapshotName, type Origin } from './snapshot.ts';

const ORIGIN: Origin = {
  name: '6.1-rxe-1',
  qemu: 'QEMU emulator version 7.2',
  arguments: ['-m', '256'],
  image: Buffer.from('kernel'),
  initramfs: Buffer.from('files'),
};

function folder(): string {
  const made = mkdtempSync(join(tmpdir(), 'rdma-conformance-snapshot.'));
  onTestFinished(() => {
    rmSync(made, { recursive: true });
  });
  return made;
}

describe('a snapshot', () => {
  it('has another name as soon as anything it depends on is another', () => {
    const changes: Partial<Origin>[] = [
      { name: '6.1-siw-1' },
      { qemu: 'QEMU emulator version 7.3' },
      { arguments: ['-m', '128'] },
      { image: Buffer.from('kernel2') },
      { initramfs: Buffer.from('files2') },
    ];
    const names = [ORIGIN, ...changes.map((change) => ({ ...ORIGIN, ...change }))].map(snapshotName);
    expect(new Set(names).size).toBe(names.length);
    expect(snapshotName({ ...ORIGIN })).toBe(names[0]);
    expect(names[0]).toMatch(/^6\.1-rxe-1-[0-9a-f]{16}$/);
  });

  it('is found only when it is complete', () => {
    const all = folder();
    const begun = beginSnapshot(all);
    writeFileSync(begun.memory, 'm');
    expect(findSnapshot(all, '6.1-rxe-1-a')).toBeUndefined();
    const kept = keepSnapshot(all, begun, '6.1-rxe-1', '6.1-rxe-1-a');
    expect(existsSync(kept.memory)).toBe(true);
    expect(findSnapshot(all, '6.1-rxe-1-a')).toEqual(kept);
  });

  it('stays the one of who was first', () => {
    const all = folder();
    const [one, two] = [beginSnapshot(all), beginSnapshot(all)];
    writeFileSync(one.memory, 'first');
    keepSnapshot(all, one, '6.1-rxe-1', '6.1-rxe-1-a');
    const kept = keepSnapshot(all, two, '6.1-rxe-1', '6.1-rxe-1-a');
    expect(existsSync(kept.memory)).toBe(true);
    expect(readdirSync(all)).toEqual(['6.1-rxe-1-a']);
  });

  it('takes the place of older ones of its name, and of what somebody left half done', () => {
    const all = folder();
    for (const other of ['6.1-rxe-1-old', '6.1-rxe-2-b', '6.1-siw-1-b', 'partial-7', 'partial-8'])
      mkdirSync(join(all, other));
    utimesSync(join(all, 'partial-7'), 0, 0);
    keepSnapshot(all, beginSnapshot(all), '6.1-rxe-1', '6.1-rxe-1-new');
    expect(readdirSync(all).sort()).toEqual(['6.1-rxe-1-new', '6.1-rxe-2-b', '6.1-siw-1-b', 'partial-8']);
  });
});
