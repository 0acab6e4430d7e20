/**
 * Cucumber Messages, made from a result and the feature files it ran. The result keeps how long each scenario took, not
 * when it began: the clock here runs from the start of the run through the scenarios one after the other.
 */
import { generateMessages, makeSourceEnvelope } from '@cucumber/gherkin';
import { version } from '@cucumber/messages';
import { UsageError } from '../failure.ts';
import type { ResultDocument } from '../result/document.ts';
import { EXIT, exitCodeOf } from '../result/exit_code.ts';
import { scenarioId } from '../../spec/scenario_id.ts';
import { TOOL, type ViewInput } from './formats.ts';
import { facts, reportOf, type Row } from './report.ts';
import { stepResults, type StepResult, type StepResults } from './step_results.ts';
import type { SourceFile } from './sources.ts';

/** As the parser itself declares them: those of its own build of the messages package. */
type Generated = ReturnType<typeof generateMessages>[number];
type Pickle = NonNullable<Generated['pickle']>;
type NewId = () => string;

export function render(input: ViewInput): string {
  const { document } = input;
  const { groups, misgiving, rowOf } = reportOf(input);
  const rows = new Map(groups.flatMap((group) => group.rows.map((row) => [row.scenario.id, row])));
  let last = 0;
  const newId = (): string => String(last++);
  const hook = newId();
  const envelopes: object[] = [metaOf(document), { attachment: attachmentOf(document) }];
  const pickles = new Map<string, Pickle>();
  for (const source of input.sources()) {
    for (const message of messagesOf(source, newId)) {
      const id = message.pickle === undefined ? undefined : scenarioId(source.uri, message.pickle.name);
      if (message.pickle !== undefined && id !== undefined && rows.has(id)) pickles.set(id, message.pickle);
      // Scenarios that were not selected are no part of the run.
      if (id === undefined || rows.has(id)) envelopes.push(message);
    }
  }
  envelopes.push(
    { hook: { id: hook, type: 'AFTER_TEST_CASE', sourceReference: { uri: 'steps/support/hooks.ts' } } },
    { testRunStarted: { timestamp: timestamp(Date.parse(document.started)) } },
  );
  let clock = Date.parse(document.started);
  for (const [id, row] of rows) {
    const pickle = pickles.get(id);
    if (pickle === undefined) throw new UsageError(`${input.path}: ${id} is in no feature`);
    envelopes.push(...caseOf(row, pickle, stepResults(row, pickle.steps.length, rowOf), hook, newId, clock));
    clock += row.scenario.duration;
  }
  const success = exitCodeOf(document, input.strict) === EXIT.conformant;
  const end = document.finished === undefined ? clock : Date.parse(document.finished);
  const message = misgiving === undefined ? {} : { message: misgiving };
  envelopes.push({ testRunFinished: { success, timestamp: timestamp(end), ...message } });
  return envelopes.map((envelope) => `${JSON.stringify(envelope)}\n`).join('');
}

function messagesOf({ uri, text }: SourceFile, newId: NewId): readonly Generated[] {
  const { source } = makeSourceEnvelope(text, uri);
  if (source === undefined) throw new Error(`${uri}: no feature file`);
  const all = { includeSource: true, includeGherkinDocument: true, includePickles: true };
  return generateMessages(text, uri, source.mediaType, { ...all, newId });
}

/** On which machine a run was, a result does not say. */
function metaOf({ tool }: ResultDocument): object {
  const unknown = { name: 'unknown' };
  const implementation = { name: TOOL, version: tool };
  return {
    meta: { implementation, protocolVersion: version, runtime: { name: 'node' }, os: unknown, cpu: unknown },
  };
}

function attachmentOf(document: ResultDocument): object {
  const body = JSON.stringify(Object.fromEntries(facts(document)));
  return { body, contentEncoding: 'IDENTITY', mediaType: 'application/json', fileName: 'run.json' };
}

/** `began`: milliseconds since the epoch. */
function caseOf(
  row: Row,
  pickle: Pickle,
  { steps, hook: after }: StepResults,
  hook: string,
  newId: NewId,
  began: number,
): object[] {
  const [testCase, started] = [newId(), newId()];
  const testSteps = pickle.steps.map(({ id }) => ({ id: newId(), pickleStepId: id }));
  const last = { id: newId(), hookId: hook };
  const results = [...steps, after].map((result, index) => ({ result, id: (testSteps[index] ?? last).id }));
  const ended = began + row.scenario.duration;
  const at = timestamp(began);
  return [
    { testCase: { id: testCase, pickleId: pickle.id, testSteps: [...testSteps, last] } },
    { testCaseStarted: { id: started, testCaseId: testCase, attempt: 0, timestamp: at } },
    ...results.flatMap(({ id, result }) => [
      { testStepStarted: { testCaseStartedId: started, testStepId: id, timestamp: at } },
      stepFinished(started, id, result, at),
    ]),
    { testCaseFinished: { testCaseStartedId: started, timestamp: timestamp(ended), willBeRetried: false } },
  ];
}

/** How long one step took, a result does not say. */
function stepFinished(testCaseStartedId: string, testStepId: string, result: StepResult, at: object): object {
  const testStepResult = { duration: { seconds: 0, nanos: 0 }, ...result };
  return { testStepFinished: { testCaseStartedId, testStepId, testStepResult, timestamp: at } };
}

function timestamp(milliseconds: number): object {
  // The result is exact to the microsecond; beyond that sums of its durations are noise.
  const micros = Math.round(milliseconds * 1000);
  return { seconds: Math.floor(micros / 1e6), nanos: (micros % 1e6) * 1000 };
}
