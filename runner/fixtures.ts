/** Small values for the runner's unit tests: a specification of a few clauses, scenarios and checks to judge. */
import type { Clause, Spec } from '../spec/model.ts';
import type { Check, ScenarioResult } from '../spec/verdict/check.ts';
import type { HeaderLine } from './run/journal.ts';

export function clause(id: string, more: Partial<Clause> = {}): Clause {
  return {
    id,
    chapter: 'pd',
    sentence: `The core must do ${id}.`,
    level: 'must',
    subject: 'core',
    abi: ['uapi', 'uverbs'],
    basis: 'decided',
    sources: [],
    place: { file: 'spec/objects/pd.md', line: 3, column: 1 },
    digest: '0123456789abcdef',
    ...more,
  };
}

export function specOf(...clauses: readonly Clause[]): Spec {
  return {
    version: '1',
    digest: 'fedcba9876543210',
    parts: [{ id: 'one', title: 'Part one', purpose: 'For tests.' }],
    chapters: [
      { id: 'message', title: 'Messages', file: 'spec/chapters/message.md', part: 'one', order: 1, clauses: [] },
      { id: 'pd', title: 'Protection domain', file: 'spec/objects/pd.md', part: 'one', order: 2, clauses: [] },
    ],
    clauses: Object.fromEntries(clauses.map((one) => [one.id, one])),
    sources: {},
    objects: {},
    enums: {},
    affiliations: {},
    flags: {},
    structs: {},
    qp: {
      states: [],
      bits: {},
      types: [],
      posting: { send: {}, receive: {} },
      curStateFrom: [],
      tables: {},
      uverbsDropped: {},
    },
    deviations: [],
    provenance: [],
    profiles: {},
    uverbs: {},
    vectors: [],
    library: [],
  };
}

export function check(clauseId: string, passed = true, more: Partial<Check> = {}): Check {
  return {
    name: `${clauseId} holds`,
    clause: clauseId,
    passed,
    expected: 'EINVAL',
    got: passed ? 'EINVAL' : '0',
    ...more,
  };
}

export function scenario(id: string, clauses: readonly string[], more: Partial<ScenarioResult> = {}): ScenarioResult {
  return { id, clauses, outcome: 'passed', checks: [], duration: 1, ...more };
}

export function header(planned: HeaderLine['planned'], more: Partial<HeaderLine> = {}): HeaderLine {
  return {
    kind: 'header',
    format: 'rdma-conformance-journal/1',
    tool: '0.1.0',
    spec: { version: '1', digest: 'fedcba9876543210' },
    features: '00112233aabbccdd',
    subject: { implementation: 'fixture', version: '1', backend: 'fixture', model: 'verbs', abi: 'uapi', study: true },
    seed: 1,
    selection: { clauses: [], objects: [], tags: '', name: '', hazard: 'safe' },
    description: {
      implementation: 'fixture',
      version: '1',
      abi: 'uapi',
      model: 'verbs',
      devices: [],
      controls: [],
      unprivileged: false,
      patience: 0,
      study: true,
    },
    capabilities: ['qp-rc'],
    planned,
    started: '2030-01-02T03:04:05.678Z',
    ...more,
  };
}
