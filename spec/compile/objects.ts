/** All object tables: every spec/objects/*.yaml with a top-level key `object`. */
import type { ObjectTable, QpStates } from '../model.ts';
import type { Report } from '../problem.ts';
import { checkBounds } from './bounds.ts';
import { fileStart, listFiles } from './files.ts';
import { checkNumbers } from './object_numbers.ts';
import { checkReferences } from './object_references.ts';
import { compileObject, type ObjectSource } from './object_table.ts';
import { QP_STATES_FILE } from './qp_states.ts';
import { checkReview } from './review.ts';
import { satisfies } from './schema.ts';
import { TYPES_FILE, type Types } from './types.ts';
import { readYaml, type YamlFile } from './yaml_file.ts';

/** What tables refer to; a part that could not be compiled is undefined, and nothing is checked against it. */
interface Known {
  readonly types: Types | undefined;
  readonly qp: QpStates | undefined;
  readonly clauses: ReadonlySet<string> | undefined;
}

const OTHER_TABLES = [TYPES_FILE, QP_STATES_FILE];

export function compileObjects(
  root: string,
  { types, qp, clauses }: Known,
  report: Report,
): Readonly<Record<string, ObjectTable>> {
  const tables: { yaml: YamlFile; source: ObjectSource }[] = [];
  let complete = true;
  for (const file of listFiles(root, 'spec/objects', '.yaml', report)) {
    if (OTHER_TABLES.includes(file)) continue;
    const yaml = readYaml(root, file, report);
    if (yaml !== undefined && isObjectTable(yaml, report) && satisfies(yaml, 'object', report)) {
      tables.push({ yaml, source: yaml.value as ObjectSource });
    } else complete = false;
  }
  const named = (instances: string): string[] =>
    tables.filter(({ source }) => source.instances === instances).map(({ source }) => source.object);
  // With a table missing, a handle of its object would be reported as unknown for no fault of its own.
  const world = {
    types,
    qp,
    created: complete ? named('created') : undefined,
    fds: complete ? named('fd') : undefined,
  };
  const first = new Map<string, string>();
  for (const { yaml, source } of tables) {
    const other = first.get(source.object);
    if (other === undefined) first.set(source.object, yaml.file);
    else report(yaml.at(['object']), `the object \`${source.object}\` already has a table in ${other}`);
    checkReferences(yaml, source, world, report);
    checkReview(root, yaml, source, report);
  }
  checkNumbers(tables, report);
  if (complete) checkBounds(tables, types, clauses, report);
  return Object.fromEntries(tables.map(({ source }) => [source.object, compileObject(source)]));
}

function isObjectTable(yaml: YamlFile, report: Report): boolean {
  if (typeof yaml.value === 'object' && yaml.value !== null && 'object' in yaml.value) return true;
  report(fileStart(yaml.file), 'no object table: it has no key `object`');
  return false;
}
