import { describe, expect, it } from 'vitest';
import { check, clause, scenario, specOf } from '../runner/fixtures.ts';
import { covers, deviationsOf, staleDeviations } from './deviations.ts';
import type { Deviation, Spec } from './model.ts';

const ENTRY: Deviation = {
  clause: 'pd-create',
  driver: 'rxe',
  kernels: '>=6.1 <6.12',
  what: 'it is refused',
  trace: ['create a protection domain'],
  because: 'the mails say so',
  sources: [],
  place: { file: 'spec/known-deviations.yaml', line: 3, column: 3 },
};
const RXE = { abi: 'uverbs', driver: 'rxe', kernel: '6.1.0-56-amd64' } as const;

function withEntry(more: Partial<Deviation> = {}): Spec {
  return { ...specOf(clause('pd-create')), deviations: [{ ...ENTRY, ...more }] };
}

describe('a known deviation', () => {
  it('speaks of its driver on the kernels it names', () => {
    const known = (subject: Parameters<typeof deviationsOf>[2], more: Partial<Deviation> = {}): number =>
      deviationsOf(withEntry(more), 'pd-create', subject).length;
    expect(known(RXE)).toBe(1);
    expect(known({ ...RXE, kernel: '6.12.117+deb12-amd64' })).toBe(0);
    expect(known({ ...RXE, driver: 'siw' })).toBe(0);
    expect(known({ ...RXE, driver: 'siw' }, { driver: 'core' })).toBe(1);
    expect(known({ abi: 'uverbs' }, { driver: 'core' })).toBe(0);
    expect(deviationsOf(withEntry(), 'pd-destroy', RXE)).toEqual([]);
  });

  it.each([
    ['>=6.1 <6.12', '6.1.192', true],
    ['>=6.1 <6.12', '6.12.0', false],
    ['<=6.12', '6.12.117', true],
    ['=6.12', '6.12.117', true],
    ['>6.12', '6.12.117', false],
    ['>=6.12.100', '6.12.99', false],
    ['>=6.12.100', '6.12.117+deb12', true],
  ])('of %s and %s: %s', (kernels, release, within) => {
    expect(covers(kernels, release)).toBe(within);
  });

  it('is stale where its clause passes on that driver and kernel, in the wording of today', () => {
    const stale = (verdict: 'conformant' | 'nonconformant', digest: string, more: Partial<Deviation> = {}): number => {
      const verdicts = [{ clause: 'pd-create', verdict, passed: 1, failed: 0, scenarios: [], digest }];
      const scenarios = [scenario('pd/create#one', ['pd-create'], { checks: [check('pd-create', true)] })];
      return staleDeviations(withEntry(more), { subject: RXE, verdicts, scenarios }).length;
    };
    const { digest } = clause('pd-create');
    expect(stale('conformant', digest)).toBe(1);
    expect(stale('nonconformant', digest)).toBe(0);
    expect(stale('conformant', 'another0wording0')).toBe(0);
    expect(stale('conformant', digest, { kernels: '>=6.12' })).toBe(0);
    // Another scenario of the clause fails; the one that the entry names passes.
    expect(stale('nonconformant', digest, { scenario: 'pd/create#one' })).toBe(1);
    expect(stale('nonconformant', digest, { scenario: 'pd/create#two' })).toBe(0);
    // One check of it passes, and one that the entry names was not made.
    expect(stale('nonconformant', digest, { scenario: 'pd/create#one', check: 'pd-create holds' })).toBe(1);
    expect(stale('nonconformant', digest, { scenario: 'pd/create#one', check: 'another' })).toBe(0);
  });
});
