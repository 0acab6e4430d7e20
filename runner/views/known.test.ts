/** A known deviation stands beside what failed, and excuses nothing. */
import { describe, expect, it } from 'vitest';
import type { Deviation } from '../../spec/model.ts';
import { projectSpec } from '../../spec/project_spec.ts';
import { check, header, scenario } from '../fixtures.ts';
import type { ResultDocument } from '../result/document.ts';
import { exitCodeOf, EXIT } from '../result/exit_code.ts';
import { fold } from '../result/fold.ts';
import { clauseText } from './clause.ts';
import { findings } from './findings.ts';
import { render } from './ktap.ts';

const KNOWN: Deviation = {
  clause: 'pd-create',
  driver: 'rxe',
  kernels: '>=6.1 <6.12',
  what: 'it is taken',
  trace: ['open', 'create'],
  because: 'the mails say so',
  sources: [{ key: 'a/b.c:f@6.1', kind: 'kernel', title: 'f in a/b.c, Linux 6.1', link: 'https://example.org/b.c' }],
  upstream: 'https://example.org/report',
  place: { file: 'spec/known-deviations.yaml', line: 3, column: 3 },
};
const SPEC = { ...projectSpec(), deviations: [KNOWN] };
const LINE = 'known    known deviation (rxe >=6.1 <6.12): it is taken; https://example.org/report';

function documentOf(kernel: string): ResultDocument {
  const failing = scenario('pd/create#one', ['pd-create'], { outcome: 'failed', checks: [check('pd-create', false)] });
  const planned = [{ id: failing.id, clauses: failing.clauses }];
  const { subject } = header(planned);
  const lines = [
    header(planned, { subject: { ...subject, abi: 'uverbs', study: false, driver: 'rxe', kernel } }),
    { kind: 'finished' as const, scenario: failing },
    { kind: 'ended' as const, at: '2030-01-02T03:05:00Z' },
  ];
  return fold(lines, SPEC);
}

describe('a known deviation', () => {
  it('is told at the failed check of its driver and kernel, which stays a failure', () => {
    const document = documentOf('6.1.0-56-amd64');
    expect(findings(document, SPEC, 'r').join('\n')).toContain(LINE);
    expect(document.verdicts.find(({ clause }) => clause === 'pd-create')).toMatchObject({ verdict: 'nonconformant' });
    expect(exitCodeOf(document, false)).toBe(EXIT.nonconformant);
  });

  it('is not told on another kernel', () => {
    expect(findings(documentOf('6.12.117'), SPEC, 'r').join('\n')).not.toContain('known');
  });

  it('is told in reports', () => {
    const sources = (): never => {
      throw new Error('not read');
    };
    const text = render({ document: documentOf('6.1.192'), spec: SPEC, path: 'r', strict: false, sources });
    expect(text).toContain('known deviation (rxe >=6.1 <6.12): it is taken');
    expect(text).toMatch(/^\s*not ok/m);
  });

  it('is explained with its reasons', () => {
    const first = SPEC.clauses['pd-create'];
    if (first === undefined) throw new Error('no clause');
    const text = clauseText(first, SPEC, [], undefined).replaceAll(/ +/g, ' ');
    for (const words of [
      'known deviation rxe >=6.1 <6.12: it is taken',
      'calls open; create',
      'because the mails say so',
      'source a/b.c:f@6.1: f in a/b.c, Linux 6.1, https://example.org/b.c',
      'upstream https://example.org/report',
    ])
      expect(text).toContain(words);
  });
});
