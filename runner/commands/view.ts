/** `view`: a result in the formats other tools read. */
import { UsageError } from '../failure.ts';
import { ROOT, compiledSpec } from '../project.ts';
import { readResult } from '../result/read.ts';
import { readFeatures } from '../run/features.ts';
import { VIEWS } from '../views/formats.ts';
import { sourcesOf } from '../views/sources.ts';
import { prepareTargets, targetsOf, writeTargets } from '../views/targets.ts';
import type { Invocation } from './table.ts';

export async function execute({ args, options }: Invocation): Promise<number> {
  const path = String(args[0]);
  const { format: given = [], strict = false } = options as { readonly format?: readonly string[]; strict?: boolean };
  const targets = targetsOf(given);
  if (targets.length === 0) {
    throw new UsageError(`--format: names the view to write: ${VIEWS.map(({ id }) => id).join(', ')}`);
  }
  const spec = compiledSpec(ROOT);
  const document = await readResult(path, ROOT, spec);
  const sources = () => sourcesOf(document, path, readFeatures(ROOT), ROOT);
  prepareTargets(targets, []);
  await writeTargets(targets, { document, spec, path, strict, sources });
  return 0;
}
