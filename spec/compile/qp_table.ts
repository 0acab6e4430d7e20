/** One queue-pair state machine: legal pairs, and per type and pair the masks of required and optional attributes. */
import type { QpTable, Transition } from '../model.ts';
import type { Report } from '../problem.ts';
import { checkItems, checkKeys, unknownName } from './names.ts';
import type { Path, YamlFile } from './yaml_file.ts';

export interface StateNames {
  readonly states: readonly string[];
  /** Attribute bit name -> bit number, 0 to 31. */
  readonly bits: Readonly<Record<string, number>>;
}

interface TransitionSource {
  readonly required?: readonly string[];
  readonly optional?: readonly string[];
}

export interface TableSource {
  readonly transports: readonly string[];
  readonly driver_type?: number;
  readonly understood?: readonly string[];
  readonly legal: Readonly<Record<string, readonly string[]>>;
  readonly refused?: Readonly<Record<string, readonly string[]>>;
  readonly types: Readonly<Record<string, Readonly<Record<string, TransitionSource>>>>;
}

export function compileQpTable(
  yaml: YamlFile,
  id: string,
  table: TableSource,
  names: StateNames,
  report: Report,
): QpTable {
  const path = ['tables', id];
  checkLegal(yaml, [...path, 'legal'], table.legal, names.states, report);
  checkRefused(yaml, [...path, 'refused'], table, names.states, report);
  const types: Record<string, Record<string, Transition>> = {};
  for (const [type, pairs] of Object.entries(table.types)) {
    const transitions: Record<string, Transition> = {};
    for (const [pair, lists] of Object.entries(pairs)) {
      const at = [...path, 'types', type, pair];
      checkPair(yaml, at, pair, table, names.states, report);
      checkLists(yaml, at, lists, table.understood, report);
      transitions[pair] = {
        required: mask(yaml, [...at, 'required'], lists.required ?? [], names.bits, report),
        optional: mask(yaml, [...at, 'optional'], lists.optional ?? [], names.bits, report),
      };
    }
    types[type] = transitions;
  }
  const { transports, legal, refused, driver_type: driverType, understood } = table;
  return {
    id,
    transports,
    ...(driverType === undefined ? {} : { driverType }),
    legal,
    ...(refused === undefined ? {} : { refused }),
    types,
    ...(understood === undefined
      ? {}
      : { understood: mask(yaml, [...path, 'understood'], understood, names.bits, report) }),
  };
}

/** An unsigned 32-bit mask of bit names; an unknown name is reported and left out. */
export function mask(
  yaml: YamlFile,
  path: Path,
  items: readonly string[],
  bits: Readonly<Record<string, number>>,
  report: Report,
): number {
  checkItems(yaml, path, items, { kind: 'attribute bit', known: Object.keys(bits) }, report);
  return items.reduce((sum, name) => (bits[name] === undefined ? sum : sum | (1 << bits[name])), 0) >>> 0;
}

function checkLegal(
  yaml: YamlFile,
  path: Path,
  legal: TableSource['legal'],
  states: readonly string[],
  report: Report,
): void {
  const known = { kind: 'state', known: states };
  checkKeys(yaml, path, legal, known, report);
  for (const [from, next] of Object.entries(legal)) checkItems(yaml, [...path, from], next, known, report);
  for (const state of states.filter((one) => legal[one] === undefined)) {
    report(yaml.atKey(path), `\`legal\` has no row for the state ${state}; write [] where it leads nowhere`);
  }
}

function checkRefused(
  yaml: YamlFile,
  path: Path,
  { legal, refused = {} }: TableSource,
  states: readonly string[],
  report: Report,
): void {
  const known = { kind: 'state', known: states };
  checkKeys(yaml, path, refused, known, report);
  for (const [from, next] of Object.entries(refused)) {
    checkItems(yaml, [...path, from], next, known, report);
    for (const [index, to] of next.entries())
      if (legal[from]?.includes(to) === true)
        report(yaml.at([...path, from, index]), `${from} to ${to} is both legal and refused; keep one`);
  }
}

function checkPair(
  yaml: YamlFile,
  path: Path,
  pair: string,
  table: TableSource,
  states: readonly string[],
  report: Report,
): void {
  const [from = '', to = ''] = pair.split('->');
  const strangers = [from, to].filter((state) => !states.includes(state));
  for (const state of strangers) report(yaml.atKey(path), unknownName(state, { kind: 'state', known: states }));
  if (strangers.length === 0 && table.legal[from]?.includes(to) !== true) {
    report(yaml.atKey(path), `${from} to ${to} is not legal in this table, so it takes no attributes; see \`legal\``);
  }
}

function checkLists(
  yaml: YamlFile,
  path: Path,
  lists: TransitionSource,
  understood: readonly string[] | undefined,
  report: Report,
): void {
  for (const list of ['required', 'optional'] as const) {
    for (const [index, name] of (lists[list] ?? []).entries()) {
      const place = yaml.at([...path, list, index]);
      if (name === 'STATE') report(place, 'STATE is part of every transition and stands in no list');
      if (understood?.includes(name) === false) report(place, `${name} is missing from this table's \`understood\``);
      if (list === 'optional' && lists.required?.includes(name) === true) {
        report(place, `${name} is both required and optional; keep one`);
      }
    }
  }
}
