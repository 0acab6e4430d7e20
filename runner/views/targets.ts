/** `--format VIEW=FILE` as it was given: which view goes where, and that nothing of anybody else is lost there. */
import { accessSync, constants, rmSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { UsageError, messageOf } from '../failure.ts';
import { hint } from '../nearest.ts';
import { makeFolder, refuseForeign, writeAtomically } from '../result/folder.ts';
import { VIEWS, type View, type ViewInput } from './formats.ts';

export interface Target {
  readonly view: View;
  /** Absent for standard output. */
  readonly file?: string;
}

/** What stands for the model in the name of a file. */
const MODEL = '{model}';

export function targetsOf(given: readonly string[]): Target[] {
  const targets = given.map(targetOf);
  const files = targets.map(({ file }) => (file === undefined ? undefined : resolve(file)));
  const twice = files.findIndex((file, index) => files.indexOf(file) !== index);
  if (twice >= 0) throw new UsageError(`--format ${given[twice] ?? ''}: two views cannot go to one place`);
  return targets;
}

function targetOf(text: string): Target {
  const [id = '', ...rest] = text.split('=');
  const file = rest.join('=');
  const ids = VIEWS.map((view) => view.id);
  const view = VIEWS.find((one) => one.id === id);
  if (view === undefined) throw new UsageError(`--format ${text}: there is no view ${id}${hint(id, ids)}`);
  if (rest.length === 0) return { view };
  if (file === '') throw new UsageError(`--format ${text}: names no file`);
  return { view, file };
}

/** The targets of a run, per model: one file each, so that no model's result takes the place of another's. */
export function targetsOfRun(
  given: readonly string[],
  models: readonly string[],
): ReadonlyMap<string, readonly Target[]> {
  const targets = targetsOf(given);
  for (const { view, file } of targets) {
    if (file === undefined)
      throw new UsageError(`--format ${view.id}: a run needs a file for it, as in ${view.id}=FILE`);
    if (models.length > 1 && !file.includes(MODEL)) {
      throw new UsageError(
        `--format ${view.id}=${file}: a run of ${String(models.length)} models writes one file for each; put ${MODEL} in the name, or choose one with --model`,
      );
    }
  }
  const of = (model: string): Target[] =>
    targets.map(({ view, file = '' }) => ({ view, file: file.replaceAll(MODEL, model) }));
  return new Map(models.map((model) => [model, of(model)]));
}

/**
 * Makes sure before any work is done that the files can be written. An earlier view of ours is taken away at once: a run
 * that is killed leaves none that speaks of another run. `kept`: files that are something else's, such as the result.
 */
export function prepareTargets(targets: readonly Target[], kept: readonly string[]): void {
  const other = 'choose another file';
  const named = targets.flatMap(({ view, file }) => (file === undefined ? [] : [{ view, file }]));
  for (const { view, file } of named) {
    if (kept.some((path) => resolve(path) === resolve(file))) {
      throw new UsageError(`${file}: is a file of the run itself; ${other}`);
    }
    refuseForeign(file, view.mark, other);
    try {
      makeFolder(dirname(file));
      accessSync(dirname(file), constants.W_OK | constants.X_OK);
    } catch (thrown) {
      throw new UsageError(`${file}: cannot be written: ${messageOf(thrown)}; ${other}`);
    }
  }
  for (const { file } of named) rmSync(file, { force: true });
}

/** Renders all of them before it writes the first. */
export async function writeTargets(targets: readonly Target[], input: ViewInput): Promise<void> {
  const texts: string[] = [];
  for (const { view } of targets) texts.push((await view.load()).render(input));
  for (const [index, { file }] of targets.entries()) {
    const text = texts[index] ?? '';
    if (file === undefined) process.stdout.write(text);
    else writeAtomically(file, text);
  }
}
