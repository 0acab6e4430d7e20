/** Names that must be known: in a list, as keys, or alone. */
import type { Report } from '../problem.ts';
import type { Path, YamlFile } from './yaml_file.ts';

/** A set of names and what they name: `state`, `attribute bit`. */
export interface Names {
  readonly kind: string;
  readonly known: readonly string[];
}

export function unknownName(name: string, { kind, known }: Names): string {
  return `unknown ${kind} \`${name}\`; known: ${known.length === 0 ? 'none' : known.join(', ')}`;
}

/** Reports every item of the list at `path` that is not known. */
export function checkItems(yaml: YamlFile, path: Path, items: readonly string[], names: Names, report: Report): void {
  for (const [index, item] of items.entries()) {
    if (!names.known.includes(item)) report(yaml.at([...path, index]), unknownName(item, names));
  }
}

/** Reports every key of the mapping at `path` that is not known. */
export function checkKeys(yaml: YamlFile, path: Path, mapping: object, names: Names, report: Report): void {
  for (const key of Object.keys(mapping)) {
    if (!names.known.includes(key)) report(yaml.atKey([...path, key]), unknownName(key, names));
  }
}
