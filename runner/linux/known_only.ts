/**
 * Holds a result of a real kernel against spec/known-deviations.yaml: `node build/runner/linux/known_only.js RESULT`.
 * Exit code 1 where something is wrong that is not on the list, an entry is out of date, or the run is not whole.
 */
import { readFileSync } from 'node:fs';
import { deviationsOf, staleDeviations } from '../../spec/deviations.ts';
import { loadSpec } from '../../spec/load.ts';
import type { VerdictWord } from '../../spec/verdict/check.ts';
import { ROOT } from '../project.ts';
import type { ResultDocument } from '../result/document.ts';

const spec = loadSpec(`${ROOT}/build/spec.json`);
// Our own run wrote it a moment ago.
const document = JSON.parse(readFileSync(process.argv[2] ?? '', 'utf8')) as ResultDocument;
const { subject, verdicts, scenarios } = document;
const clausesWith = (word: VerdictWord): string[] =>
  verdicts.filter(({ verdict }) => verdict === word).map(({ clause }) => clause);

const wrong = [...clausesWith('nonconformant'), ...clausesWith('deviates')];
const right = clausesWith('conformant');
const problems = [
  ...(document.complete ? [] : ['the run is not complete']),
  ...(right.length === 0 ? ['nothing is conformant'] : []),
  ...scenarios
    .filter(({ outcome }) => outcome === 'errored' || outcome === 'untested')
    .map(({ id, outcome, reason = '' }) => `${id} ${outcome}: ${reason}`),
  ...wrong
    .filter((clause) => deviationsOf(spec, clause, subject).length === 0)
    .map((clause) => `${clause} fails and is no known deviation`),
  ...staleDeviations(spec, document).map(({ clause, what }) => `${clause}: out of date: ${what}`),
];

const checks = scenarios.reduce((sum, one) => sum + one.checks.length, 0);
process.stdout.write(
  `${subject.model}, Linux ${subject.kernel ?? '?'}: ${String(right.length)} clauses conformant, ${String(wrong.length)} known deviations, ${String(checks)} checks\n`,
);
for (const problem of problems) process.stderr.write(`${problem}\n`);
process.exitCode = problems.length === 0 ? 0 : 1;
