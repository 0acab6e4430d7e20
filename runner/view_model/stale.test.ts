import { describe, expect, it } from 'vitest';
import type { Deviation } from '../../spec/model.ts';
import { check, clause, header, scenario, specOf } from '../fixtures.ts';
import { fold } from '../result/fold.ts';
import type { Published } from './published.ts';
import { requireFresh, staleEntries } from './stale.ts';

const ENTRY: Deviation = {
  clause: 'pd-create',
  driver: 'core',
  kernels: '>=6.1',
  what: 'it is taken',
  trace: ['open'],
  because: 'the mails say so',
  sources: [],
  place: { file: 'spec/known-deviations.yaml', line: 3, column: 3 },
};
const SPEC = { ...specOf(clause('pd-create')), deviations: [ENTRY] };

function published(passed: boolean, kernel: string | undefined): Published {
  const outcome = passed ? 'passed' : 'failed';
  const one = scenario('pd/create#one', ['pd-create'], { outcome, checks: [check('pd-create', passed)] });
  const planned = [{ id: one.id, clauses: one.clauses }];
  const { subject } = header(planned);
  const linux = kernel === undefined ? {} : { kernel, driver: 'rxe', study: false };
  const first = header(planned, { subject: { ...subject, abi: 'uverbs', ...linux } });
  const lines = [
    first,
    { kind: 'finished' as const, scenario: one },
    { kind: 'ended' as const, at: '2030-01-02T03:05:00Z' },
  ];
  return { id: 'rxe', file: 'site/results/rxe/result.json', document: fold(lines, SPEC) };
}

describe('an entry that a published result contradicts', () => {
  it('fails, at its place and with the file that shows it', () => {
    expect(() => {
      requireFresh(SPEC, [published(true, '6.1.192')]);
    }).toThrow(
      'spec/known-deviations.yaml:3:3: pd-create passes on core, Linux 6.1.192, in site/results/rxe/result.json: take the entry out, or narrow its kernels (>=6.1)',
    );
  });

  it.each<[string, Published]>([
    ['shows it', published(false, '6.1.192')],
    ['is of another kernel', published(true, '5.10.1')],
    ['is of no kernel', published(true, undefined)],
  ])('stands where the result %s', (_, one) => {
    expect(staleEntries(SPEC, [one])).toEqual([]);
  });
});
