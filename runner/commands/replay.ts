/** `replay`: one scenario of a result again, on the same backend, model and seed, with every call shown. */
import { abiOf } from '../../spec/abi/registry.ts';
import type { Check, ScenarioResult } from '../../spec/verdict/check.ts';
import type { TraceLine } from '../../spec/verdict/evidence.ts';
import { RunError, UsageError } from '../failure.ts';
import { hint } from '../nearest.ts';
import { ROOT } from '../project.ts';
import type { ResultDocument } from '../result/document.ts';
import { EXIT } from '../result/exit_code.ts';
import { readResult } from '../result/read.ts';
import { loadSteps } from '../run/cucumber.ts';
import type { JournalLine } from '../run/journal.ts';
import { loadFeatures, type Loaded } from '../run/load.ts';
import type { Scenario } from '../run/features.ts';
import { knownAs, readRenamed, todaysId } from '../run/renamed.ts';
import { modelsOf, openSubject } from '../run/subject.ts';
import { runSuite } from '../run/suite.ts';
import { CONNECTED, reach, type Reach } from '../run/target.ts';
import { sentCallText, traceText } from '../views/calls.ts';
import { colour } from '../views/colour.ts';
import { plain } from '../views/plain.ts';
import type { Invocation } from './table.ts';

export async function execute({ args, options }: Invocation): Promise<number> {
  const [file, id] = args.map(String) as [string, string];
  const loaded = loadFeatures(ROOT);
  const { spec } = loaded;
  const document = await readResult(file, ROOT, spec);
  const scenario = scenarioOf(document, id, loaded, file);
  const { subject: tested, seed, selection } = document;
  const { entry, leave } = await reach(reachOf(document, options, file));
  const lines: JournalLine[] = [];
  try {
    const [model = tested.model] = modelsOf(entry, tested.model);
    const steps = await loadSteps(ROOT);
    const subject = await openSubject(entry, model, spec, { seed, deadline: Number(options.deadline), trace: 'all' });
    const sink = { write: (line: JournalLine) => lines.push(line) };
    try {
      await runSuite({ steps, spec, subject, scenarios: [scenario], hazard: selection.hazard, sink });
    } catch (thrown) {
      throw new RunError(thrown);
    } finally {
      await subject.close();
    }
  } finally {
    await leave();
  }
  const finished = lines.find((line) => line.kind === 'finished');
  if (finished === undefined) throw new RunError(new Error('the scenario did not finish'));
  process.stdout.write(`${replayText(scenario, finished.scenario, finished.trace ?? [], loaded, document)}\n`);
  return exitCode(finished.scenario);
}

/** Where the same is reached again; a document says by no means what is to be started for it. */
function reachOf({ subject }: ResultDocument, options: Invocation['options'], file: string): Reach {
  const { connect, validate, deadline } = options as unknown as Reach;
  if (subject.backend === CONNECTED && connect === undefined)
    throw new UsageError(`${file}: was made over a connection; say with --connect what to run it on`);
  return { backend: subject.backend, connect, validate, deadline };
}

function scenarioOf(document: ResultDocument, id: string, { features, spec }: Loaded, file: string): Scenario {
  const known = document.scenarios.map((one) => one.id);
  const renamed = readRenamed(ROOT);
  const recorded = knownAs(id, known, renamed);
  if (recorded === undefined) throw new UsageError(`${file}: has no scenario ${id}${hint(id, known)}`);
  const now = todaysId(recorded, renamed);
  if (now !== recorded) process.stderr.write(`${recorded} is called ${now} now\n`);
  const scenario = features.scenarios.find((one) => one.id === now);
  if (scenario === undefined) {
    throw new UsageError(
      `${id}: is in ${file}, but in no feature any more${hint(
        id,
        features.scenarios.map((one) => one.id),
      )}`,
    );
  }
  if (document.spec.digest !== spec.digest || document.features !== features.digest) {
    process.stderr.write('the specification or the features have changed since that result\n');
  }
  return scenario;
}

function replayText(
  { id, uri, line }: Scenario,
  result: ScenarioResult,
  trace: readonly TraceLine[],
  { spec }: Loaded,
  { subject }: ResultDocument,
): string {
  const abi = abiOf(spec, subject.abi);
  const lines = [`${colour.bold(id)} (${uri}:${String(line)})`, ''];
  if (trace.length > 0) lines.push(traceText(trace, abi), '');
  for (const check of result.checks) {
    lines.push(...checkLines(check));
    if (!check.passed && check.call !== undefined) lines.push(`  call     ${sentCallText(check.call, abi)}`);
  }
  const reason = result.reason === undefined ? '' : `: ${plain(result.reason)}`;
  lines.push('', `${colour.bold(result.outcome)}${reason}`);
  return lines.join('\n');
}

function checkLines({ passed, clause, name, expected, got }: Check): string[] {
  const head = `${passed ? colour.green('passed') : colour.red('failed')} ${clause}: ${plain(name)}`;
  return passed ? [`${head}: ${plain(got)}`] : [head, `  expected ${plain(expected)}`, `  got      ${plain(got)}`];
}

/** As a run of this scenario alone would end. */
function exitCode({ outcome }: ScenarioResult): number {
  if (outcome === 'failed') return EXIT.nonconformant;
  return outcome === 'passed' ? EXIT.conformant : EXIT.undecided;
}
