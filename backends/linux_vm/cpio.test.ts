import { describe, expect, it } from 'vitest';
import { FILE, FOLDER, archive, type Entry } from './cpio.ts';

/** Reads an archive as the kernel's init/initramfs.c does. */
function unpacked(bytes: Buffer): Entry[] {
  const entries: Entry[] = [];
  let at = 0;
  const aligned = (offset: number): number => Math.ceil(offset / 4) * 4;
  for (;;) {
    const head = bytes.subarray(at, at + 110).toString('latin1');
    expect(head).toMatch(/^070701[0-9a-f]{104}$/);
    const field = (index: number): number => Number.parseInt(head.slice(6 + index * 8, 14 + index * 8), 16);
    const name = at + 110;
    const path = bytes.subarray(name, name + field(11) - 1).toString();
    const body = aligned(name + field(11));
    at = aligned(body + field(6));
    if (path === 'TRAILER!!!') break;
    entries.push({ path, mode: field(1), bytes: bytes.subarray(body, body + field(6)) });
  }
  expect(at).toBe(bytes.length);
  return entries;
}

describe('a cpio archive', () => {
  it('gives back what was put in, at every length of name and contents', () => {
    const entries: Entry[] = [{ path: 'etc', mode: FOLDER, bytes: Buffer.alloc(0) }];
    for (let length = 0; length < 9; length += 1)
      entries.push({ path: `etc/${'n'.repeat(length + 1)}`, mode: FILE, bytes: Buffer.alloc(length, length) });
    expect(unpacked(archive(entries))).toEqual(entries);
  });

  it('is the same bytes for the same entries', () => {
    const entries = [{ path: 'init', mode: FILE, bytes: Buffer.from('x') }];
    expect(archive(entries).equals(archive(entries))).toBe(true);
  });
});
