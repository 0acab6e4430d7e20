/** `replay`: one scenario again, on the backend, model and seed of a result or on those named, with every call shown or emitted. */
import { abiOf } from '../../spec/abi/registry.ts';
import type { Check, ScenarioResult } from '../../spec/verdict/check.ts';
import { UsageError } from '../failure.ts';
import { hint } from '../nearest.ts';
import { ROOT } from '../project.ts';
import type { ResultDocument } from '../result/document.ts';
import { EXIT } from '../result/exit_code.ts';
import { readResult } from '../result/read.ts';
import { runAgain, type Seen, type Where } from '../run/again.ts';
import { loadFeatures, type Loaded } from '../run/load.ts';
import type { Scenario } from '../run/features.ts';
import { knownAs, readRenamed, todaysId } from '../run/renamed.ts';
import { CONNECTED, type Reach } from '../run/target.ts';
import { emit, prepareOutput, type EmitOptions } from '../emit/emit.ts';
import { sentCallText, traceText } from '../views/calls.ts';
import { colour } from '../views/colour.ts';
import { plain } from '../views/plain.ts';
import type { Invocation } from './table.ts';

type ReplayOptions = EmitOptions & Partial<Reach> & { readonly deadline: number; readonly model?: string };

/** A scenario, where to run it, and what is known of it already. */
interface Asked {
  readonly scenario: Scenario;
  readonly where: Where;
  readonly recorded?: Seen;
}

export async function execute({ args, options: given }: Invocation): Promise<number> {
  const options = given as unknown as ReplayOptions;
  prepareOutput(options);
  const loaded = loadFeatures(ROOT);
  const [first = '', second] = args as readonly [string?, string?];
  const { scenario, where, recorded } =
    second === undefined ? onBackend(first, options, loaded) : await inResult(first, second, options, loaded);
  if (options.emit !== undefined) {
    await emit(loaded.spec, recorded ?? (await runAgain(loaded, scenario, where)), options);
    return EXIT.conformant;
  }
  const seen = await runAgain(loaded, scenario, where);
  process.stdout.write(`${replayText(scenario, seen, loaded)}\n`);
  return exitCode(seen.result);
}

function onBackend(id: string, options: ReplayOptions, { features }: Loaded): Asked {
  const { connect, validate, deadline, model, backend = connect === undefined ? undefined : CONNECTED } = options;
  if (backend === undefined)
    throw new UsageError(`${id}: without --backend a result and the id of one of its scenarios are needed`);
  const known = features.scenarios.map((one) => one.id);
  const now = todaysId(id, readRenamed(ROOT));
  const scenario = features.scenarios.find((one) => one.id === now);
  if (scenario === undefined) throw new UsageError(`${id}: there is no such scenario${hint(id, known)}`);
  const where = { backend, connect, validate, deadline, seed: 1, hazard: 'safe' as const };
  return { scenario, where: model === undefined ? where : { ...where, model } };
}

async function inResult(file: string, id: string, options: ReplayOptions, loaded: Loaded): Promise<Asked> {
  const { connect, validate, deadline } = options;
  if (options.backend !== undefined || options.model !== undefined)
    throw new UsageError('--backend and --model are for a scenario without a result, which says where it was run');
  const document = await readResult(file, ROOT, loaded.spec);
  const { scenario, recorded } = scenarioOf(document, id, loaded, file);
  const { subject, seed, selection } = document;
  const trace = document.traces[recorded.id];
  const seen = trace === undefined ? {} : { recorded: { result: recorded, trace, subject } };
  // A document says by no means what is to be started for it.
  if (subject.backend === CONNECTED && connect === undefined && (options.emit === undefined || trace === undefined))
    throw new UsageError(`${file}: was made over a connection; say with --connect what to run it on`);
  const { backend, model } = subject;
  return { scenario, where: { backend, model, connect, validate, deadline, seed, hazard: selection.hazard }, ...seen };
}

function scenarioOf(
  document: ResultDocument,
  id: string,
  { features, spec }: Loaded,
  file: string,
): { readonly scenario: Scenario; readonly recorded: ScenarioResult } {
  const known = document.scenarios.map((one) => one.id);
  const renamed = readRenamed(ROOT);
  const name = knownAs(id, known, renamed);
  const recorded = document.scenarios.find((one) => one.id === name);
  if (recorded === undefined) throw new UsageError(`${file}: has no scenario ${id}${hint(id, known)}`);
  const now = todaysId(recorded.id, renamed);
  if (now !== recorded.id) process.stderr.write(`${recorded.id} is called ${now} now\n`);
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
  return { scenario, recorded };
}

function replayText({ id, uri, line }: Scenario, { result, trace, subject }: Seen, { spec }: Loaded): string {
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
