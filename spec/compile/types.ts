/** spec/objects/types.yaml: enums, flags and structs. */
import type { StructField, StructType } from '../model.ts';
import type { Report } from '../problem.ts';
import { checkKeys, unknownName } from './names.ts';
import { satisfies } from './schema.ts';
import { readYaml, type YamlFile } from './yaml_file.ts';

export const TYPES_FILE = 'spec/objects/types.yaml';

export type Constants = Readonly<Record<string, number>>;
type Affiliations = Readonly<Record<string, string>>;

export interface Types {
  readonly enums: ReadonlyMap<string, Constants>;
  readonly flags: ReadonlyMap<string, Constants>;
  readonly structs: ReadonlyMap<string, StructType>;
  /** Event -> kind of what it is about. */
  readonly affiliations: Affiliations;
}

interface FieldSource {
  readonly width: StructField['width'];
  readonly meaning: string;
}

interface TypesSource {
  readonly enums: Readonly<Record<string, Constants>>;
  readonly flags: Readonly<Record<string, Constants>>;
  readonly structs: Readonly<Record<string, Readonly<Record<string, FieldSource>>>>;
  readonly affiliations?: Affiliations;
}

/** Undefined where the file is unreadable or malformed; names are then not checked against it. */
export function compileTypes(root: string, report: Report): Types | undefined {
  const yaml = readYaml(root, TYPES_FILE, report);
  if (yaml === undefined || !satisfies(yaml, 'types', report)) return undefined;
  const source = yaml.value as TypesSource;
  for (const [name, constants] of Object.entries(source.enums)) distinct(yaml, ['enums', name], constants, report);
  for (const [name, constants] of Object.entries(source.flags)) disjoint(yaml, ['flags', name], constants, report);
  checkAffiliations(yaml, source, report);
  return {
    affiliations: source.affiliations ?? {},
    enums: new Map(Object.entries(source.enums)),
    flags: new Map(Object.entries(source.flags)),
    structs: new Map(
      Object.entries(source.structs).map(([name, fields]) => [name, layOut(yaml, name, fields, report)]),
    ),
  };
}

/** Every event is about something, and about one kind of thing. */
function checkAffiliations(yaml: YamlFile, { enums, affiliations = {} }: TypesSource, report: Report): void {
  const [events, sources] = [Object.keys(enums['event'] ?? {}), Object.keys(enums['event_source'] ?? {})];
  checkKeys(yaml, ['affiliations'], affiliations, { kind: 'event', known: events }, report);
  for (const event of events)
    if (affiliations[event] === undefined) report(yaml.at(['enums', 'event', event]), `\`${event}\` is about nothing`);
  for (const [event, about] of Object.entries(affiliations))
    if (!sources.includes(about))
      report(yaml.at(['affiliations', event]), unknownName(about, { kind: 'event source', known: sources }));
}

function distinct(yaml: YamlFile, path: readonly string[], constants: Constants, report: Report): void {
  const seen = new Map<number, string>();
  for (const [name, value] of Object.entries(constants)) {
    const first = seen.get(value);
    if (first === undefined) seen.set(value, name);
    else report(yaml.at([...path, name]), `\`${name}\` has the number ${String(value)} of \`${first}\``);
  }
}

function disjoint(yaml: YamlFile, path: readonly string[], constants: Constants, report: Report): void {
  let used = 0;
  for (const [name, value] of Object.entries(constants)) {
    if (value === 0) report(yaml.at([...path, name]), `the flag \`${name}\` has no bit; give it one`);
    if ((used & value) !== 0) report(yaml.at([...path, name]), `\`${name}\` shares a bit with a flag before it`);
    used |= value;
  }
}

/** Fields lie in order without padding, so every one must already fall on its natural boundary. */
function layOut(
  yaml: YamlFile,
  name: string,
  fields: Readonly<Record<string, FieldSource>>,
  report: Report,
): StructType {
  let offset = 0;
  let widest = 1;
  const laid = Object.entries(fields).map(([field, { width, meaning }]) => {
    const boundary = Math.min(width, 8);
    if (offset % boundary !== 0) {
      report(
        yaml.atKey(['structs', name, field]),
        `\`${field}\` would start at byte ${String(offset)}, which is no multiple of ${String(boundary)}; reorder the fields or reserve bytes before it`,
      );
    }
    const placed: StructField = { name: field, offset, width, meaning };
    offset += width;
    widest = Math.max(widest, boundary);
    return placed;
  });
  if (offset % widest !== 0) {
    report(
      yaml.atKey(['structs', name]),
      `the struct \`${name}\` has ${String(offset)} bytes, which is no multiple of ${String(widest)}; reserve bytes at its end`,
    );
  }
  return { name, size: offset, fields: laid };
}
