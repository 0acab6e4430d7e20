/** features/renamed.yaml: ids that scenarios had once, each with the id of today. */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { readYaml, type YamlFile } from '../../spec/compile/yaml_file.ts';
import { collector, type Problem, type Report } from '../../spec/problem.ts';
import { UsageError } from '../failure.ts';
import { problemLines } from '../problems.ts';

const RENAMED = 'features/renamed.yaml';

/** Ids of today by ids of the past. */
export type Renamed = ReadonlyMap<string, string>;

/** Refuses a file that does not map ids to ids; where there is none, nothing was renamed. */
export function readRenamed(root: string): Renamed {
  const problems: Problem[] = [];
  const rows = renamedRows(root, collector(problems));
  if (problems.length > 0) throw new UsageError(problemLines(problems));
  return new Map(rows.map(({ old, now }) => [old, now]));
}

export interface RenamedRow {
  readonly old: string;
  readonly now: string;
  readonly yaml: YamlFile;
}

/** Its rows in order; what is no row is reported. */
export function renamedRows(root: string, report: Report): RenamedRow[] {
  if (!existsSync(join(root, RENAMED))) return [];
  const yaml = readYaml(root, RENAMED, report);
  // A file with comments only has nothing to say yet.
  if (yaml === undefined || yaml.value === null) return [];
  if (typeof yaml.value !== 'object' || Array.isArray(yaml.value)) {
    report(yaml.at([]), 'this file maps old scenario ids to new ones: `old/file#name: new/file#name`');
    return [];
  }
  return Object.entries(yaml.value).flatMap(([old, now]: [string, unknown]) => {
    if (typeof now === 'string') return [{ old, now, yaml }];
    report(yaml.at([old]), 'the new scenario id is missing');
    return [];
  });
}

/** What the scenario is called today. */
export function todaysId(id: string, renamed: Renamed): string {
  return renamed.get(id) ?? id;
}

/** Under which of `ids` a scenario is known that may go by its old or its new name; undefined where under none. */
export function knownAs(id: string, ids: readonly string[], renamed: Renamed): string | undefined {
  if (ids.includes(id)) return id;
  const now = todaysId(id, renamed);
  return ids.find((one) => todaysId(one, renamed) === now);
}
