/** spec/objects/qp_states.yaml: the queue-pair state machines, from names to masks. */
import type { QpStates } from '../model.ts';
import type { Report } from '../problem.ts';
import { checkItems, checkKeys } from './names.ts';
import { compileQpTable, mask, type StateNames, type TableSource } from './qp_table.ts';
import { satisfies } from './schema.ts';
import type { Types } from './types.ts';
import { readYaml, type YamlFile } from './yaml_file.ts';

export const QP_STATES_FILE = 'spec/objects/qp_states.yaml';

/** Types only the kernel itself creates: they have rows in the core's table and no number in `qp_type`. */
const KERNEL_TYPES = ['SMI', 'GSI'];

interface QpStatesSource extends StateNames {
  readonly posting: QpStates['posting'];
  readonly cur_state_from: readonly string[];
  readonly tables: Readonly<Record<string, TableSource>> & { readonly core: TableSource };
  readonly uverbs_dropped: Readonly<Record<string, readonly string[]>>;
}

/** Undefined where the file is unreadable or malformed. */
export function compileQpStates(root: string, types: Types | undefined, report: Report): QpStates | undefined {
  const yaml = readYaml(root, QP_STATES_FILE, report);
  if (yaml === undefined || !satisfies(yaml, 'qp_states', report)) return undefined;
  const source = yaml.value as QpStatesSource;
  checkBitNumbers(yaml, source.bits, report);
  checkItems(yaml, ['cur_state_from'], source.cur_state_from, { kind: 'state', known: source.states }, report);
  for (const queue of ['send', 'receive'] as const) {
    checkKeys(yaml, ['posting', queue], source.posting[queue], { kind: 'state', known: source.states }, report);
    for (const state of source.states.filter((one) => source.posting[queue][one] === undefined))
      report(yaml.atKey(['posting', queue]), `\`${queue}\` does not say what becomes of work posted in ${state}`);
  }
  if (types !== undefined) checkTypeNames(yaml, source, types, report);
  const judged = Object.values(source.tables).flatMap((table) => Object.keys(table.types));
  checkKeys(yaml, ['uverbs_dropped'], source.uverbs_dropped, { kind: 'queue-pair type', known: judged }, report);
  const tables = Object.entries(source.tables).map(([id, table]) => [
    id,
    compileQpTable(yaml, id, table, source, report),
  ]);
  const dropped = Object.entries(source.uverbs_dropped).map(([type, names]) => [
    type,
    mask(yaml, ['uverbs_dropped', type], names, source.bits, report),
  ]);
  return {
    states: source.states,
    bits: source.bits,
    types: Object.keys(source.tables.core.types),
    posting: source.posting,
    curStateFrom: source.cur_state_from,
    tables: Object.fromEntries(tables) as QpStates['tables'],
    uverbsDropped: Object.fromEntries(dropped) as QpStates['uverbsDropped'],
  };
}

function checkBitNumbers(yaml: YamlFile, bits: Readonly<Record<string, number>>, report: Report): void {
  const seen = new Map<number, string>();
  for (const [name, bit] of Object.entries(bits)) {
    const first = seen.get(bit);
    if (first === undefined) seen.set(bit, name);
    else report(yaml.at(['bits', name]), `${name} has the bit ${String(bit)} of ${first}`);
  }
}

/** States, transports and types against the enums the objects use: one name, one meaning. */
function checkTypeNames(yaml: YamlFile, source: QpStatesSource, types: Types, report: Report): void {
  const members = (name: string): readonly string[] => Object.keys(types.enums.get(name) ?? {});
  checkItems(yaml, ['states'], source.states, { kind: 'member of qp_state', known: members('qp_state') }, report);
  const transports = { kind: 'transport', known: members('transport') };
  const kinds = { kind: 'queue-pair type', known: [...members('qp_type'), ...KERNEL_TYPES] };
  for (const [id, table] of Object.entries(source.tables)) {
    checkItems(yaml, ['tables', id, 'transports'], table.transports, transports, report);
    checkKeys(yaml, ['tables', id, 'types'], table.types, kinds, report);
  }
}
