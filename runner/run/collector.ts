/** Reads cucumber's messages as they come and hands over each scenario when it starts and when it has ended. */
import type { runCucumber } from '@cucumber/cucumber/api';
import { EVIDENCE_TYPE, type Evidence } from '../../spec/verdict/evidence.ts';
import type { Scenario } from './features.ts';
import { judge, type Judged, type StepRecord } from './outcome.ts';

/** The message types as cucumber itself declares them: those of its own build of the messages package. */
type Envelope = Parameters<NonNullable<Parameters<typeof runCucumber>[2]>>[0];
type PickleStep = NonNullable<Envelope['pickle']>['steps'][number];
type TestCaseStarted = NonNullable<Envelope['testCaseStarted']>;
type TestStepResult = NonNullable<Envelope['testStepFinished']>['testStepResult'];

/** What a run wants to hear. */
export interface Listener {
  started(scenario: Scenario): void;
  finished(scenario: Scenario, judged: Judged): void;
}

/** One test case as cucumber assembled it. */
interface Case {
  readonly scenario: Scenario;
  /** Test step id -> its sentence; hooks are absent. */
  readonly steps: ReadonlyMap<string, PickleStep>;
}

interface Running extends Case {
  readonly began: number;
  readonly records: StepRecord[];
  evidence: Evidence[];
}

/** For one serial run. `clock` gives milliseconds. */
export class Collector {
  readonly #wanted: ReadonlyMap<string, Scenario>;
  readonly #known: (clause: string) => boolean;
  readonly #listener: Listener;
  readonly #clock: () => number;
  readonly #pickles = new Map<string, { readonly scenario: Scenario; readonly steps: readonly PickleStep[] }>();
  readonly #cases = new Map<string, Case>();
  #running: Running | undefined;

  constructor(
    scenarios: readonly Scenario[],
    known: (clause: string) => boolean,
    listener: Listener,
    clock: () => number,
  ) {
    this.#wanted = new Map(scenarios.map((scenario) => [`${scenario.uri}:${String(scenario.line)}`, scenario]));
    this.#known = known;
    this.#listener = listener;
    this.#clock = clock;
  }

  take(message: Envelope): void {
    if (message.pickle !== undefined) this.#pickle(message.pickle);
    else if (message.testCase !== undefined) this.#case(message.testCase);
    else if (message.testCaseStarted !== undefined) this.#start(message.testCaseStarted);
    else if (message.attachment !== undefined) this.#attach(message.attachment);
    else if (message.testStepFinished !== undefined) {
      this.#step(message.testStepFinished.testStepId, message.testStepFinished.testStepResult);
    } else if (message.testCaseFinished !== undefined) this.#finish();
  }

  #pickle({ id, uri, location, steps }: NonNullable<Envelope['pickle']>): void {
    const scenario = this.#wanted.get(`${uri}:${String(location?.line)}`);
    if (scenario !== undefined) this.#pickles.set(id, { scenario, steps });
  }

  #case({ id, pickleId, testSteps }: NonNullable<Envelope['testCase']>): void {
    const pickle = this.#pickles.get(pickleId);
    if (pickle === undefined) return;
    const sentences = new Map(pickle.steps.map((step) => [step.id, step]));
    const steps = new Map<string, PickleStep>();
    for (const { id: stepId, pickleStepId } of testSteps) {
      const sentence = pickleStepId === undefined ? undefined : sentences.get(pickleStepId);
      if (sentence !== undefined) steps.set(stepId, sentence);
    }
    this.#cases.set(id, { scenario: pickle.scenario, steps });
  }

  #start({ testCaseId }: TestCaseStarted): void {
    const found = this.#cases.get(testCaseId);
    if (found === undefined) throw new Error('cucumber runs a scenario that was not chosen');
    this.#running = { ...found, began: this.#clock(), records: [], evidence: [] };
    this.#listener.started(found.scenario);
  }

  #attach({ mediaType, body }: NonNullable<Envelope['attachment']>): void {
    if (mediaType !== EVIDENCE_TYPE || this.#running === undefined) return;
    for (const line of body.split('\n')) {
      if (line !== '') this.#running.evidence.push(JSON.parse(line) as Evidence);
    }
  }

  #step(testStepId: string, { status, message, exception }: TestStepResult): void {
    const running = this.#running;
    if (running === undefined) return;
    const sentence = running.steps.get(testStepId);
    running.records.push({
      text: sentence?.text ?? '',
      outcome: String(sentence?.type) === 'Outcome',
      status,
      message: (exception?.message ?? message ?? '').split('\n', 1)[0] ?? '',
      evidence: running.evidence,
    });
    running.evidence = [];
  }

  #finish(): void {
    const running = this.#running;
    if (running === undefined) return;
    this.#running = undefined;
    const duration = Math.round((this.#clock() - running.began) * 1000) / 1000;
    this.#listener.finished(running.scenario, judge(running.scenario, running.records, this.#known, duration));
  }
}
