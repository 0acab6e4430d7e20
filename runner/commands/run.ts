/** `run`: the scenarios on one backend, one result document per model. */
import { join } from 'node:path';
import type { SessionOptions } from '../../backends/session.ts';
import { RunError, UsageError } from '../failure.ts';
import { ROOT, toolVersion } from '../project.ts';
import type { Hazard, Selection } from '../result/document.ts';
import { EXIT, exitCodeOf, worst, type ExitCode } from '../result/exit_code.ts';
import { keepPrevious, prepareFolder } from '../result/folder.ts';
import type { Progress } from '../result/fold.ts';
import { JOURNAL_FILE, RESULT_FILE } from '../result/read.ts';
import { loadSteps } from '../run/cucumber.ts';
import { loadFeatures } from '../run/load.ts';
import { LiveLine } from '../run/progress.ts';
import { recordRun, type Recorded } from '../run/record.ts';
import { select } from '../run/selection.ts';
import { Stopper } from '../run/stopper.ts';
import { chosenModels, openSubject, type Opener, type OpenSubject } from '../run/subject.ts';
import { reach } from '../run/target.ts';
import { outline } from '../views/outline.ts';
import { sourcesOf } from '../views/sources.ts';
import { summaryOf } from '../views/summary.ts';
import { prepareTargets, targetsOfRun, writeTargets } from '../views/targets.ts';
import type { Invocation } from './table.ts';

interface RunOptions {
  readonly backend: string;
  readonly connect?: string;
  readonly validate?: boolean;
  readonly model?: string;
  readonly kernel?: string;
  readonly driver?: string;
  readonly clause?: readonly string[];
  readonly object?: readonly string[];
  readonly tags?: string;
  readonly name?: string;
  readonly hazard: Hazard;
  readonly seed: number;
  readonly deadline: number;
  readonly out?: string;
  readonly format?: readonly string[];
  readonly resume?: boolean;
  readonly failFast?: boolean;
  readonly trace: SessionOptions['trace'];
  readonly strict?: boolean;
  readonly quiet?: boolean;
  readonly json?: boolean;
}

export async function execute({ options: given }: Invocation): Promise<number> {
  const options = given as unknown as RunOptions;
  const { entry, leave } = await reach(options);
  try {
    return await run(options, entry);
  } finally {
    await leave();
  }
}

async function run(options: RunOptions, entry: Opener): Promise<number> {
  const models = chosenModels(entry, options);
  const loaded = loadFeatures(ROOT);
  const selection = selectionOf(options);
  const scenarios = select(loaded.features.scenarios, selection, loaded.spec);
  const folders = models.map((model) => folderOf(options, entry, model));
  const targets = targetsOfRun(options.format ?? [], models);
  folders.forEach(prepareFolder);
  prepareTargets([...targets.values()].flat(), folders.flatMap(ownFiles));
  if (options.resume !== true) folders.forEach(keepPrevious);
  const steps = await loadSteps(ROOT);

  const stopper = new Stopper(options.failFast === true);
  const { seed, deadline, trace, strict = false, resume = false, quiet = false, json = false } = options;
  const outlines: unknown[] = [];
  let code: ExitCode = EXIT.conformant;
  for (const [index, model] of models.entries()) {
    if (stopper.stopped()) break;
    const subject = await openSubject(entry, model, loaded.spec, { seed, deadline, trace });
    const folder = folders[index] ?? '';
    const began = performance.now();
    const recorded = await afterStart(subject, () =>
      recordRun({
        loaded,
        steps,
        tool: toolVersion(ROOT),
        subject,
        scenarios,
        selection,
        seed,
        folder,
        resume,
        watch: (before) => stopper.watching(liveLine(`${entry.id} ${model}`, scenarios.length, before, quiet)),
        stop: () => stopper.stopped(),
        now: () => new Date().toISOString(),
      }),
    );
    stopper.clear();
    const seconds = (performance.now() - began) / 1000;
    const { document, path } = recorded;
    const sources = () => sourcesOf(document, path, loaded.features, ROOT);
    await writeTargets(targets.get(model) ?? [], { document, path, spec: loaded.spec, strict, sources }).catch(
      brokeOff,
    );
    const mine = exitCodeOf(document, strict);
    code = worst(code, mine);
    if (json) outlines.push(outline(document, path, mine));
    else process.stdout.write(`${summaryOf(document, loaded.spec, { path, seconds, quiet })}\n`);
  }
  if (json) process.stdout.write(`${JSON.stringify(outlines)}\n`);
  stopper.release();
  return code;
}

/** From here on a run has begun: what breaks is no longer a matter of usage. */
async function afterStart(subject: OpenSubject, run: () => Promise<Recorded>): Promise<Recorded> {
  try {
    return await run();
  } catch (thrown) {
    return brokeOff(thrown);
  } finally {
    await subject.close();
  }
}

function brokeOff(thrown: unknown): never {
  throw thrown instanceof UsageError ? thrown : new RunError(thrown);
}

function selectionOf({ clause = [], object = [], tags = '', name = '', hazard }: RunOptions): Selection {
  return { clauses: [...new Set(clause)].sort(), objects: [...new Set(object)].sort(), tags, name, hazard };
}

/** A folder of its own for each model. */
function folderOf({ out, model: only }: RunOptions, { id }: Opener, model: string): string {
  if (out === undefined) return join('results', id.replaceAll(/[^\w.-]/g, '-'), model);
  return only === undefined ? join(out, model) : out;
}

function ownFiles(folder: string): string[] {
  return [join(folder, RESULT_FILE), join(folder, JOURNAL_FILE)];
}

function liveLine(label: string, total: number, before: Progress, quiet: boolean): LiveLine {
  const terminal = quiet ? { write: () => undefined } : process.stderr;
  return new LiveLine(terminal, label, total, before.finished.size, () => performance.now());
}
