/** Scenario ids are unique, and those given up point to one that exists. */
import type { Place } from '../../spec/model.ts';
import type { Report } from '../../spec/problem.ts';
import { hint } from '../nearest.ts';
import { renamedRows } from '../run/renamed.ts';
import { scenarioId } from '../../spec/scenario_id.ts';
import type { FeatureFile } from './feature_file.ts';

/** Every scenario id and where it is first used; a second use is reported. */
export function checkScenarioIds(files: readonly FeatureFile[], report: Report): ReadonlyMap<string, Place> {
  const places = new Map<string, Place>();
  for (const file of files) {
    for (const pickle of file.pickles) {
      const id = scenarioId(file.uri, pickle.name);
      const place = file.place(pickle.location);
      const first = places.get(id);
      if (first === undefined) places.set(id, place);
      else
        report(place, `the scenario id ${id} belongs to line ${String(first.line)} of ${first.file}; change the name`);
    }
  }
  return places;
}

/** What was renamed is gone, and what it was renamed to exists. */
export function checkRenamed(root: string, ids: ReadonlyMap<string, Place>, report: Report): void {
  for (const { old, now, yaml } of renamedRows(root, report)) {
    if (!ids.has(now)) report(yaml.at([old]), `there is no scenario ${now}${hint(now, [...ids.keys()])}`);
    if (ids.has(old)) report(yaml.atKey([old]), `the scenario ${old} still exists; only ids that are gone stand here`);
  }
}
