/**
 * What Cucumber Messages say of each step of a scenario. A check that fails throws nothing, so cucumber itself would call
 * its step passed; here the checks decide, and the hook stands for what no step can be blamed for.
 */
import type { ScenarioResult } from '../../spec/verdict/check.ts';
import type { Row } from './report.ts';

export type StepStatus = 'PASSED' | 'FAILED' | 'SKIPPED' | 'PENDING' | 'UNKNOWN';

export interface StepResult {
  readonly status: StepStatus;
  readonly message?: string;
}

export interface StepResults {
  /** One per step of the scenario. */
  readonly steps: readonly StepResult[];
  readonly hook: StepResult;
}

/** `count`: how many steps the scenario has; `rowOf` judges the part of the scenario that one step made. */
export function stepResults(row: Row, count: number, rowOf: (part: ScenarioResult) => Row): StepResults {
  const { scenario, standing } = row;
  const whole = (status: StepStatus): StepResults => ({
    steps: Array.from({ length: count }, () => ({ status })),
    hook: { status, message: row.headline },
  });
  if (standing === 'not-applicable') return whole('SKIPPED');
  // Cucumber counts UNKNOWN among what is no failure, PENDING not.
  if (scenario.outcome === 'untested') return whole('PENDING');
  const of = (number: number | undefined): StepResult => {
    const part = blameOf(scenario, number, count);
    return part === undefined ? { status: unblamed(scenario, number) } : told(rowOf(part));
  };
  const steps = Array.from({ length: count }, (_, index) => of(index + 1));
  const hook = of(undefined);
  const worst = standing === 'passed' ? 'PASSED' : told(row).status;
  const said = worst === 'PASSED' || [...steps, hook].some(({ status }) => status === worst);
  return { steps, hook: said ? hook : told(row) };
}

function told({ standing, headline, details }: Row): StepResult {
  return { status: standing === 'tolerated' ? 'SKIPPED' : 'FAILED', message: [headline, '', ...details].join('\n') };
}

/** What went wrong at one step, or, without a number, at none of the `count` steps there are; undefined where nothing did. */
function blameOf(scenario: ScenarioResult, number: number | undefined, count: number): ScenarioResult | undefined {
  const here = (step: number | undefined): boolean =>
    (step !== undefined && step <= count ? step : undefined) === number;
  const checks = scenario.checks.filter(({ passed, step }) => !passed && here(step));
  if (scenario.outcome === 'errored' && here(scenario.step)) return { ...scenario, checks };
  if (checks.length === 0) return undefined;
  const blocking = scenario.outcome === 'blocked' && checks.some(({ ground }) => ground === true);
  return { ...scenario, outcome: blocking ? 'blocked' : 'failed', checks };
}

/** Of a step, or the hook, at which nothing went wrong. */
function unblamed({ checks, outcome, step }: ScenarioResult, number: number | undefined): StepStatus {
  if (number === undefined) return 'PASSED';
  // What is refused while preparing ends the scenario there and then.
  const end = checks.find(({ passed, ground }) => !passed && ground === true)?.step;
  if (end !== undefined && number > end) return 'SKIPPED';
  const ran =
    outcome !== 'errored' || (step !== undefined && number < step) || checks.some((one) => one.step === number);
  return ran ? 'PASSED' : 'UNKNOWN';
}
