// Holds a result of a real kernel against spec/known-deviations.yaml. Prints what it counted; exit code 1 where they disagree.
import { readFileSync } from 'node:fs';
import { deviationsOf, staleDeviations } from '../build/spec/deviations.js';
import { loadSpec } from '../build/spec/load.js';

const spec = loadSpec(new URL('../build/spec.json', import.meta.url).pathname);
const document = JSON.parse(readFileSync(process.argv[2], 'utf8'));
const { subject, verdicts, scenarios } = document;
const clausesWith = (word) => verdicts.filter(({ verdict }) => verdict === word).map(({ clause }) => clause);

const problems = [];
if (!document.complete) problems.push('the run is not complete');
for (const { id, outcome, reason = '' } of scenarios)
  if (outcome === 'errored' || outcome === 'untested') problems.push(`${id} ${outcome}: ${reason}`);
const wrong = [...clausesWith('nonconformant'), ...clausesWith('deviates')];
for (const clause of wrong)
  if (deviationsOf(spec, clause, subject).length === 0) problems.push(`${clause} fails and is no known deviation`);
for (const { clause, what } of staleDeviations(spec, document)) problems.push(`${clause}: out of date: ${what}`);

const checks = scenarios.reduce((sum, one) => sum + one.checks.length, 0);
const decided = clausesWith('conformant').length + wrong.length;
console.log(
  `${subject.model}, ${subject.kernel}: ${decided} clauses decided by ${checks} checks, ${wrong.length} known deviations`,
);
for (const problem of problems) console.error(problem);
process.exitCode = problems.length === 0 && decided > 0 ? 0 : 1;
