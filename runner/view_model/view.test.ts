import { mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Deviation } from '../../spec/model.ts';
import { projectSpec } from '../../spec/project_spec.ts';
import type { ScenarioResult } from '../../spec/verdict/check.ts';
import { check, header, scenario } from '../fixtures.ts';
import { ROOT } from '../project.ts';
import type { ResultDocument } from '../result/document.ts';
import { fold } from '../result/fold.ts';
import { readFeatures } from '../run/features.ts';
import type { EvidenceFile, ViewModel } from './model.ts';
import { viewOf, type View } from './view.ts';
import { writeView } from './write.ts';

const SPEC = projectSpec();
const FEATURES = readFeatures(ROOT);
const RC_RESET = 'qp/transitions#rc-in-reset-is-given-a-foreign-attribute';
const MARKUP = '<img src=x onerror=alert(1)>';

const folder = mkdtempSync(join(tmpdir(), 'view-'));
const results = join(folder, 'results');

function documentOf(scenarios: readonly ScenarioResult[], more: Partial<ResultDocument> = {}): ResultDocument {
  const planned = scenarios.map(({ id, clauses }) => ({ id, clauses }));
  const spec = { version: SPEC.version, digest: SPEC.digest };
  const lines = [
    header(planned, { spec, features: FEATURES.digest }),
    ...scenarios.map((one) => ({ kind: 'finished' as const, scenario: one })),
    { kind: 'ended' as const, at: '2030-01-02T03:05:00Z' },
  ];
  return { ...fold(lines, SPEC), ...more };
}

const FAILING = scenario(RC_RESET, ['qp-modify-foreign'], {
  outcome: 'failed',
  checks: [
    check('qp-modify-foreign', true, { name: 'RESET->INIT with foreign QKEY' }),
    check('qp-modify-foreign', false, {
      name: 'RESET->INIT with foreign AV',
      got: MARKUP,
      call: { abi: 'uapi', request: 0xc0081b02, sent: '0800100002000000', answer: '0' },
    }),
  ],
});

function put(name: string, text: string): void {
  const path = join(results, name);
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, text);
}

function view(): Promise<View> {
  return viewOf({ root: ROOT, spec: SPEC, features: FEATURES, tool: '1', results });
}

let shown: View;
let model: ViewModel;

beforeAll(async () => {
  put('lab/adapter/result.json', JSON.stringify(documentOf([FAILING])));
  shown = await view();
  model = shown.model;
});

afterAll(() => {
  rmSync(folder, { recursive: true });
});

describe('viewOf', () => {
  it('puts the verdict of each subject at the clause, and says when it is about an older sentence', async () => {
    const clause = model.clauses['qp-modify-foreign'];
    expect(clause?.verdicts).toMatchObject([
      { subject: 'lab-adapter', verdict: 'nonconformant', passed: 1, failed: 1, stale: false },
    ]);
    const document = documentOf([FAILING]);
    const verdicts = document.verdicts.map((verdict) => ({ ...verdict, digest: '00000000' }));
    const older = { ...document, spec: { version: '0', digest: '00000000' }, verdicts };
    put('older/result.json', JSON.stringify(older));
    const again = (await view()).model;
    rmSync(join(results, 'older'), { recursive: true });
    expect(again.clauses['qp-modify-foreign']?.verdicts.find(({ subject }) => subject === 'older')?.stale).toBe(true);
    expect(again.subjects.find(({ id }) => id === 'older')?.current).toBe(false);
  });

  it('tells a subject by its document, with what calls for a look', () => {
    expect(model.subjects).toMatchObject([
      { id: 'lab-adapter', study: true, current: true, complete: true, checks: 2, outcomes: { failed: 1 } },
    ]);
    expect(model.subjects[0]?.findings).toEqual(['qp-modify-foreign']);
    expect(model.subjects[0]?.totals.nonconformant).toBe(1);
    expect(model.subjects[0]?.failing).toEqual({ 'qp-modify-foreign': RC_RESET });
    expect(model.subjects[0]?.unexplained).toEqual(['qp-modify-foreign']);
  });

  it('puts checks on a transition where the state machine has it', () => {
    const machine = model.machines.machines.find(({ id }) => id === 'core-rc');
    const move = machine?.moves.find(({ from, to }) => from === 'RESET' && to === 'INIT');
    expect(move).toMatchObject({ required: ['ACCESS_FLAGS', 'PKEY_INDEX', 'PORT'], optional: [] });
    expect(move?.verdicts).toEqual([{ subject: 'lab-adapter', clause: 'qp-modify-foreign', passed: 1, failed: 1 }]);
    expect(machine?.illegal.some(({ from, to }) => from === 'RESET' && to === 'RTS')).toBe(true);
    const others = model.machines.machines.filter(({ id }) => id !== 'core-rc').flatMap(({ moves }) => moves);
    expect(others.flatMap(({ verdicts }) => verdicts)).toEqual([]);
  });

  it('links a clause to its scenarios, its sources and the defects that break it', () => {
    const clause = model.clauses['qp-modify-foreign'];
    expect(clause?.scenarios.map(({ page }) => page)).toContain('qp');
    expect(clause?.sources.length).toBeGreaterThan(0);
    expect(clause?.defects).toContain('qp-modify-foreign-state-changed');
    expect(clause?.profiles).toEqual(expect.arrayContaining(['verbs', 'libibverbs-1.0']));
    expect(model.clauses['discovery-methods']?.statements[0]).toMatchObject({ number: 1, who: ['Gunthorpe'] });
    const page = model.features.find((one) => one.page === 'qp');
    const anchors = page?.features.flatMap(({ rules }) =>
      rules.flatMap((rule) => rule.scenarios.map(({ anchor }) => anchor)),
    );
    expect(anchors).toEqual(expect.arrayContaining(clause?.scenarios.map(({ anchor }) => anchor) ?? []));
    expect(new Set(anchors).size).toBe(anchors?.length);
  });

  it('counts every scenario once, in the outline it comes from', () => {
    const ids = model.features.flatMap(({ features }) =>
      features.flatMap(({ rules }) => rules.flatMap(({ scenarios }) => scenarios.flatMap((one) => one.ids))),
    );
    expect([...ids].sort()).toEqual(FEATURES.scenarios.map(({ id }) => id).sort());
  });

  it('has addresses for everything that can be searched, and finds errnos, attributes and words', () => {
    const has = (kind: string, title: string): boolean =>
      model.search.some((entry) => entry.kind === kind && entry.title === title && entry.url !== '');
    expect(has('clause', 'qp-modify-foreign')).toBe(true);
    expect(has('errno', 'EINVAL')).toBe(true);
    expect(has('attribute', 'qp.qkey')).toBe(true);
    expect(has('term', 'handle space')).toBe(true);
    expect(has('profile', 'profile verbs: Verbs')).toBe(true);
    expect(has('statement', 'statement 1, Gunthorpe')).toBe(true);
    expect(new Set(model.search.map(({ kind, url }) => `${kind} ${url}`)).size).toBe(model.search.length);
  });

  it('calls no defect caught without a published proof', () => {
    expect(new Set(model.defects.defects.map(({ proof }) => proof))).toEqual(new Set(['unproved']));
    expect(model.defects.mustsWithCaught).toBe(0);
  });

  it.each([
    ['cut.json', '{"format": "rdma-conformance-result/1",', /lab\/bad\/result\.json:1:\d+: not JSON/],
    ['foreign.json', '{"results": []}', /lab\/bad\/result\.json: not a result document of this tool/],
    [
      'edited.json',
      JSON.stringify(documentOf([FAILING])).replace('"nonconformant"', '"conformant"'),
      /lab\/bad\/result\.json: \/verdicts\/\d+\/verdict: qp-modify-foreign is conformant/,
    ],
  ])('refuses a document that is %s, with its name and place', async (_name, text, words) => {
    put('lab/bad/result.json', text);
    try {
      await expect(view()).rejects.toThrow(words);
    } finally {
      rmSync(join(results, 'lab', 'bad'), { recursive: true });
    }
  });

  it('refuses two documents that would have one page', async () => {
    put('lab-adapter/result.json', JSON.stringify(documentOf([FAILING])));
    try {
      await expect(view()).rejects.toThrow(/would have the same page/);
    } finally {
      rmSync(join(results, 'lab-adapter'), { recursive: true });
    }
  });
});

describe('a known deviation', () => {
  const entry: Deviation = {
    clause: 'pd-create',
    driver: 'rxe',
    kernels: '>=6.1',
    what: 'it is refused',
    trace: ['create'],
    because: 'the mails say so',
    sources: [],
    place: { file: 'spec/known-deviations.yaml', line: 3, column: 3 },
  };

  /** The view with one entry, and one result on rxe in which its clause passed or not. */
  async function known(passed: boolean): Promise<View> {
    const id = 'pd/lifecycle#a-protection-domain';
    const outcome = passed ? 'passed' : 'failed';
    const document = documentOf([scenario(id, ['pd-create'], { outcome, checks: [check('pd-create', passed)] })]);
    const subject = { ...document.subject, abi: 'uverbs' as const, study: false, driver: 'rxe', kernel: '6.1.192' };
    const { verdicts } = fold([header([], { subject })], SPEC);
    const own = verdicts.map((verdict) =>
      verdict.clause === 'pd-create'
        ? {
            ...verdict,
            verdict: passed ? 'conformant' : 'nonconformant',
            passed: Number(passed),
            failed: Number(!passed),
          }
        : verdict,
    );
    put('lab/rxe/result.json', JSON.stringify({ ...document, subject, verdicts: own }));
    try {
      const spec = { ...SPEC, digest: 'another0digest00', deviations: [entry] };
      return await viewOf({ root: ROOT, spec, features: FEATURES, tool: '1', results });
    } finally {
      rmSync(join(results, 'lab', 'rxe'), { recursive: true });
    }
  }

  it('stands at its clause with the results that show it', async () => {
    const { model: its } = await known(false);
    expect(its.clauses['pd-create']?.deviations).toMatchObject([{ driver: 'rxe', shownBy: ['lab-rxe'] }]);
    expect(its.clauses['pd-destroy']?.deviations).toEqual([]);
    expect(its.subjects.find(({ id }) => id === 'lab-rxe')).toMatchObject({ findings: ['pd-create'], unexplained: [] });
  });

  it('is refused at its place where a result contradicts it', async () => {
    await expect(known(true)).rejects.toThrow(/^spec\/known-deviations\.yaml:3:3: pd-create passes on rxe/);
  });
});

describe('writeView', () => {
  it('writes the model, and evidence in files of their own with failing checks first and text as text', () => {
    const out = join(folder, 'out');
    writeView(out, shown, SPEC);
    expect(readdirSync(out).sort()).toEqual(['model.json', 'static']);
    const path = join(out, 'static', 'evidence', 'lab-adapter', 'qp-modify-foreign.json');
    const evidence = JSON.parse(readFileSync(path, 'utf8')) as EvidenceFile;
    expect(evidence.scenarios[0]?.checks.map(({ passed }) => passed)).toEqual([false, true]);
    expect(evidence.scenarios[0]?.checks[0]).toMatchObject({ got: MARKUP, sent: '0800100002000000' });
    expect(evidence.scenarios[0]?.checks[0]?.call).toMatch(/^qp_rc\.modify .* = 0$/);
    expect(evidence.scenarios[0]?.anchor).toMatch(/^transitions-/);
  });
});
