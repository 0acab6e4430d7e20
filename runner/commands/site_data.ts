/** `site-data`: the compiled specification and the published results joined into the one view model the site is drawn from. */
import { join } from 'node:path';
import { ROOT, toolVersion } from '../project.ts';
import { loadFeatures } from '../run/load.ts';
import { viewOf } from '../view_model/view.ts';
import { writeView } from '../view_model/write.ts';
import type { Invocation } from './table.ts';

export async function execute({ options }: Invocation): Promise<number> {
  const results = typeof options.results === 'string' ? options.results : join('site', 'results');
  const folder = typeof options.out === 'string' ? options.out : join('build', 'site-data');
  const { spec, features } = loadFeatures(ROOT);
  const view = await viewOf({ root: ROOT, spec, features, tool: toolVersion(ROOT), results });
  writeView(folder, view, spec);
  const subjects = view.model.subjects.map(({ label }) => label);
  process.stderr.write(
    `${folder}: ${String(Object.keys(view.model.clauses).length)} clauses, ${String(subjects.length)} published results${
      subjects.length === 0 ? '' : ` (${subjects.join(', ')})`
    }\n`,
  );
  return 0;
}
