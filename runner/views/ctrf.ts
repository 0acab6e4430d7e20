/** CTRF, the common test report format. Its readers call a report without failures a success: see spec/decisions/0104. */
import type { ResultDocument } from '../result/document.ts';
import { EXIT, exitCodeOf } from '../result/exit_code.ts';
import { TOOL, type ViewInput } from './formats.ts';
import { plain } from './plain.ts';
import { facts, reportOf, tally, type Group, type Row } from './report.ts';
import type { Standing } from './standing.ts';

/** The version of the format's schema this is written to. */
const FORMAT = '0.0.0';

const STATUS: Readonly<Record<Standing, string>> = {
  passed: 'passed',
  failed: 'failed',
  tolerated: 'other',
  'not-applicable': 'skipped',
  undecided: 'failed',
};

export function render(input: ViewInput): string {
  const { document, strict } = input;
  const { implementation, version, backend, model, abi } = document.subject;
  const { groups, misgiving } = reportOf(input);
  const tests = groups.flatMap((group) => group.rows.map((row) => testOf(row, group)));
  if (misgiving !== undefined) {
    tests.push({ name: 'the run', suite: ['the run'], status: 'failed', duration: 0, message: misgiving });
  }
  const report = {
    reportFormat: 'CTRF',
    specVersion: FORMAT,
    generatedBy: TOOL,
    timestamp: document.finished ?? document.started,
    results: {
      tool: { name: TOOL, version: document.tool },
      summary: summaryOf(document, groups, misgiving),
      tests,
      environment: {
        reportName: plain(`${backend}, model ${model}, ${abi}`),
        appName: plain(implementation),
        appVersion: plain(version),
        healthy: exitCodeOf(document, strict) === EXIT.conformant,
        extra: Object.fromEntries(facts(document)),
      },
    },
  };
  return `${JSON.stringify(report, undefined, 2)}\n`;
}

function summaryOf(
  { started, finished, scenarios }: ResultDocument,
  groups: readonly Group[],
  misgiving: string | undefined,
): object {
  const rows = groups.flatMap((group) => group.rows);
  const counts = tally(rows);
  const doubts = misgiving === undefined ? 0 : 1;
  const start = Date.parse(started);
  const worked = scenarios.reduce((total, { duration }) => total + duration, 0);
  // A run that was cut off has no end; it lasted at least as long as its scenarios.
  const stop = finished === undefined ? start + Math.ceil(worked) : Date.parse(finished);
  return {
    tests: rows.length + doubts,
    passed: counts.passed,
    failed: counts.failed + counts.undecided + doubts,
    skipped: counts['not-applicable'],
    pending: 0,
    other: counts.tolerated,
    suites: groups.length + doubts,
    start,
    stop,
    duration: stop - start,
  };
}

function testOf({ scenario, name, standing, headline, details }: Row, group: Group): object {
  const { id, clauses, outcome, errored, blockedBy, checks, duration } = scenario;
  return {
    testId: id,
    name,
    suite: [group.name],
    status: STATUS[standing],
    rawStatus: outcome,
    duration: Math.round(duration),
    filePath: `features/${group.name}.feature`,
    tags: clauses,
    ...(headline === '' ? {} : { message: headline }),
    ...(details.length === 0 ? {} : { trace: details.join('\n') }),
    extra: {
      checks: checks.length,
      ...(errored === undefined ? {} : { errored }),
      ...(blockedBy === undefined ? {} : { blockedBy }),
    },
  };
}
