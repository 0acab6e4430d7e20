/** The view model on disk: `model.json`, and below `static/` what pages fetch only when a reader asks for it. */
import { mkdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { Spec } from '../../spec/model.ts';
import { evidenceOf } from './evidence.ts';
import type { View } from './view.ts';

/** Written beside its place and renamed into it; what was there before is gone then, and only then. */
export function writeView(folder: string, { model, published, origins }: View, spec: Spec): void {
  const draft = `${folder}.${String(process.pid)}.tmp`;
  rmSync(draft, { recursive: true, force: true });
  try {
    mkdirSync(join(draft, 'static', 'evidence'), { recursive: true });
    const { search, ...rest } = model;
    writeFileSync(join(draft, 'model.json'), JSON.stringify({ ...rest, search: [] }));
    writeFileSync(join(draft, 'static', 'search.json'), JSON.stringify(search));
    for (const one of published) {
      const its = join(draft, 'static', 'evidence', one.id);
      mkdirSync(its);
      const verdicts = Object.values(model.clauses).flatMap(({ id, verdicts: all }) =>
        all.filter(({ subject }) => subject === one.id).map((verdict) => [id, verdict] as const),
      );
      for (const [clause, evidence] of evidenceOf(one, spec, origins, new Map(verdicts)))
        writeFileSync(join(its, `${clause}.json`), JSON.stringify(evidence));
    }
    rmSync(folder, { recursive: true, force: true });
    mkdirSync(dirname(folder), { recursive: true });
    renameSync(draft, folder);
  } finally {
    rmSync(draft, { recursive: true, force: true });
  }
}
