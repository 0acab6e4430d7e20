import { describe, expect, it } from 'vitest';
import { header } from '../fixtures.ts';
import { commandAgain, labelOf } from './called.ts';

const { subject, selection, seed } = header([]);
const guest = { ...subject, backend: 'linux-vm', model: 'rxe-6.12', driver: 'rxe', kernel: '6.12.117+deb12-amd64' };
const of = (its: Partial<typeof guest>, more = {}) =>
  commandAgain({ subject: { ...subject, backend: 'emulator', ...its }, selection, seed, ...more } as Parameters<
    typeof commandAgain
  >[0]);

describe('a published result', () => {
  it('is called by its driver and kernel, or by how one asks for it', () => {
    expect(labelOf(guest)).toBe('rxe, Linux 6.12');
    expect(labelOf({ ...subject, backend: 'emulator' })).toBe('emulator verbs');
  });

  it('is made again by a command', () => {
    expect(of({})).toBe('npx rdma-conformance run --backend emulator --model verbs');
    expect(of(guest)).toBe('npm run linux -- --kernel 6.12 --driver rxe');
    expect(of({}, { seed: 7, selection: { ...selection, hazard: 'disruptive' } })).toMatch(
      / --seed 7 --hazard disruptive$/,
    );
  });

  it('has none where a command would make another, or where it would be more than a command', () => {
    expect(of({}, { selection: { ...selection, objects: ['qp'] } })).toBeUndefined();
    expect(of({ backend: 'connect' })).toBeUndefined();
    expect(of({ model: 'verbs; reboot' })).toBeUndefined();
    expect(of({ ...guest, driver: '--force' })).toBeUndefined();
  });
});
