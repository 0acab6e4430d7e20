/** What the limits of the device bound exists: object, attribute, field, and the clause that refuses more. */
import type { Report } from '../problem.ts';
import { unknownName } from './names.ts';
import { boundOf, type ObjectSource } from './object_table.ts';
import type { Types } from './types.ts';
import type { Path, YamlFile } from './yaml_file.ts';

interface Table {
  readonly yaml: YamlFile;
  readonly source: ObjectSource;
}

export function checkBounds(
  tables: readonly Table[],
  types: Types | undefined,
  clauses: ReadonlySet<string> | undefined,
  report: Report,
): void {
  for (const { yaml, source } of tables) {
    for (const [name, { bounds = {} }] of Object.entries(source.attributes)) {
      for (const [path, clause] of Object.entries(bounds)) {
        const at = ['attributes', name, 'bounds', path];
        checkBound(yaml, at, path, tables, types, report);
        if (clauses?.has(clause) === false) report(yaml.at(at), `there is no clause \`${clause}\``);
      }
    }
  }
}

function checkBound(
  yaml: YamlFile,
  at: Path,
  path: string,
  tables: readonly Table[],
  types: Types | undefined,
  report: Report,
): void {
  const { object, attribute, field } = boundOf(path, '');
  const table = tables.find((candidate) => candidate.source.object === object)?.source;
  const found = table?.attributes[attribute];
  if (table === undefined) {
    report(yaml.atKey(at), unknownName(object, { kind: 'object', known: tables.map((one) => one.source.object) }));
  } else if (found === undefined) {
    report(yaml.atKey(at), unknownName(attribute, { kind: 'attribute', known: Object.keys(table.attributes) }));
  } else if (types !== undefined) {
    const fields = types.structs.get(found.type.replace('struct ', ''))?.fields.map((one) => one.name);
    if (field === undefined ? fields !== undefined : fields?.includes(field) !== true) {
      report(yaml.atKey(at), unknownName(field ?? '', { kind: 'field', known: fields ?? [] }));
    }
  }
}
