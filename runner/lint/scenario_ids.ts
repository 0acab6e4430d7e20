/** Scenario ids are unique, and those given up point to one that exists. */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { readYaml } from '../../spec/compile/yaml_file.ts';
import type { Place } from '../../spec/model.ts';
import type { Report } from '../../spec/problem.ts';
import { hint } from '../nearest.ts';
import { scenarioId } from '../run/scenario_id.ts';
import type { FeatureFile } from './feature_file.ts';

const RENAMED = 'features/renamed.yaml';

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

/** features/renamed.yaml maps ids of the past to ids of today. */
export function checkRenamed(root: string, ids: ReadonlyMap<string, Place>, report: Report): void {
  if (!existsSync(join(root, RENAMED))) return;
  const yaml = readYaml(root, RENAMED, report);
  // A file with comments only has nothing to say yet.
  if (yaml === undefined || yaml.value === null) return;
  if (typeof yaml.value !== 'object' || Array.isArray(yaml.value)) {
    report(yaml.at([]), 'this file maps old scenario ids to new ones: `old/file#name: new/file#name`');
    return;
  }
  for (const [old, now] of Object.entries(yaml.value) as [string, unknown][]) {
    if (typeof now !== 'string') report(yaml.at([old]), 'the new scenario id is missing');
    else if (!ids.has(now)) report(yaml.at([old]), `there is no scenario ${now}${hint(now, [...ids.keys()])}`);
    if (ids.has(old)) report(yaml.atKey([old]), `the scenario ${old} still exists; only ids that are gone stand here`);
  }
}
