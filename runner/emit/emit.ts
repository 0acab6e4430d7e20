/** `--emit`: the check that is meant, written as a program to where it is wanted. */
import { dirname } from 'node:path';
import { abiOf } from '../../spec/abi/registry.ts';
import type { Spec } from '../../spec/model.ts';
import type { Check, ScenarioResult } from '../../spec/verdict/check.ts';
import { UsageError } from '../failure.ts';
import { hint } from '../nearest.ts';
import { makeFolder, refuseForeign, writeAtomically } from '../result/folder.ts';
import type { Seen } from '../run/again.ts';
import { EMITTERS } from './emitters.ts';

export interface EmitOptions {
  readonly emit?: string;
  readonly check?: string;
  readonly output?: string;
}

/** Refuses options that belong to --emit without it, and a file that somebody else wrote. */
export function prepareOutput({ emit: language, check, output }: EmitOptions): void {
  const emitter = EMITTERS.find(({ id }) => id === language);
  if (emitter === undefined) {
    const lonely = check === undefined ? output && '--output' : '--check';
    if (lonely !== undefined) throw new UsageError(`${lonely}: only with --emit`);
    return;
  }
  if (output === undefined) return;
  if (output === '' || output.endsWith('/')) throw new UsageError(`--output ${output}: names no file`);
  refuseForeign(output, emitter.mark, 'choose another file');
}

export async function emit(spec: Spec, { result, trace, subject }: Seen, options: EmitOptions): Promise<void> {
  const emitter = EMITTERS.find(({ id }) => id === options.emit);
  if (emitter === undefined) throw new UsageError(`--emit ${options.emit ?? ''}: there is no such language`);
  const check = checkOf(result, options.check);
  const clause = spec.clauses[check.clause];
  if (clause === undefined) throw new UsageError(`${check.clause}: is no clause any more`);
  const abi = abiOf(spec, subject.abi);
  const render = await emitter.load();
  const text = render({ spec, abi, clause, check, scenario: result.id, subject, lines: trace });
  if (options.output === undefined) process.stdout.write(text);
  else {
    makeFolder(dirname(options.output));
    writeAtomically(options.output, text);
  }
}

/** The check of that name, else the first that failed; one of the scenario's own before one of its preparation. */
function checkOf({ id, checks, outcome }: ScenarioResult, name: string | undefined): Check {
  if (name !== undefined) {
    const named = checks.filter((check) => check.name === name);
    const found = named.find(({ passed }) => !passed) ?? named[0];
    const names = checks.map((check) => check.name);
    if (found === undefined) throw new UsageError(`--check ${name}: ${id} has no such check${hint(name, names)}`);
    return found;
  }
  const failed = checks.filter(({ passed }) => !passed);
  const first = failed.find(({ ground }) => ground !== true) ?? failed[0];
  if (first === undefined)
    throw new UsageError(`${id}: ${outcome}, and no check of it failed; --check names one that passed`);
  return first;
}
