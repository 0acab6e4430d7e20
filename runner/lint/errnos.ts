/**
 * Errno names in steps. The errno of a refusal is written in the clause; a step repeats it only in scenarios of one ABI,
 * and then it is the same.
 */
import { ERRNO } from '../../spec/errno.ts';
import type { Spec } from '../../spec/model.ts';
import type { Report } from '../../spec/problem.ts';
import { backgroundsOf, scenariosOf, type FeatureFile, type Pickle, type PickleStep } from './feature_file.ts';
import { abiOfTags, clauseByScenario } from './tags.ts';

export function checkErrnos(file: FeatureFile, spec: Spec, report: Report): void {
  const clauses = clauseByScenario(file, spec);
  const locations = new Map(
    [...backgroundsOf(file.feature), ...scenariosOf(file.feature).map(({ scenario }) => scenario)]
      .flatMap(({ steps }) => steps)
      .map(({ id, location }) => [id, location]),
  );
  for (const pickle of file.pickles) {
    const clause = clauses.get(pickle.astNodeIds[0] ?? '');
    const abi = abiOfTags(pickle.tags);
    for (const { step, name } of errnosOf(pickle)) {
      const place = file.place(locations.get(step.astNodeIds[0] ?? ''));
      const wanted = abi === undefined ? undefined : clause?.errno?.[abi];
      if (abi === undefined) {
        report(place, `${name} in a scenario for every ABI; say that the call is refused, or limit it with @abi:…`);
      } else if (clause !== undefined && wanted?.includes(name) !== true) {
        const written = wanted === undefined ? `names no errno for ${abi}` : `says ${wanted.join(' or ')}`;
        report(place, `${name} here, but the clause ${clause.id} ${written}`);
      }
    }
  }
}

/** Errno names in the steps of a scenario, arguments included, after its outline is filled in. */
function errnosOf(pickle: Pickle): { readonly step: PickleStep; readonly name: string }[] {
  return pickle.steps.flatMap((step) => {
    const rows = step.argument?.dataTable?.rows ?? [];
    const cells = rows.flatMap((row) => row.cells.map(({ value }) => value));
    const text = [step.text, step.argument?.docString?.content ?? '', ...cells].join('\n');
    const names = text.match(/\bE[A-Z0-9]+\b/g) ?? [];
    return names.filter((name) => Object.hasOwn(ERRNO, name)).map((name) => ({ step, name }));
  });
}
