/** constants.yaml: the numbers that have names of their own in the headers. */
import type { Spec } from '../../model.ts';
import type { Node } from './narrow.ts';
import type { Constants } from './tables.ts';

/** Stands for the modify bits of queue pairs, which the specification keeps as numbers of bits. */
const MODIFY_BITS = '@modify_bits';

export function readConstants(spec: Spec, name: string, node: Node): Constants {
  const flags = node.flag('flags');
  const without = node.texts('without');
  const since = versions(node, 'since');
  const until = versions(node, 'until');
  const shared = Object.entries(sharedMembers(spec, node, flags)).filter(([member]) => !without.includes(member));
  const members = [...shared, ...Object.entries(node.numbers('members') ?? {})]
    .map(([member, value]) => ({ name: member, value, since: since.get(member), until: until.get(member) }))
    .sort((a, b) => a.value - b.value);
  for (const member of [...since.keys(), ...until.keys()])
    if (!members.some((one) => one.name === member)) throw node.wrong(member, 'one of its members');
  const prefix = node.text('prefix');
  return { name, enum: node.optionalText('enum'), prefix, flags, internal: node.flag('internal'), members };
}

/** The members of the specification's own type that has the same numbers. */
function sharedMembers(spec: Spec, node: Node, flags: boolean): Readonly<Record<string, number>> {
  const neutral = node.optionalText('neutral');
  if (neutral === undefined) return {};
  if (neutral === MODIFY_BITS)
    return Object.fromEntries(Object.entries(spec.qp.bits).map(([bit, number]) => [bit, 2 ** number]));
  const found = (flags ? spec.flags : spec.enums)[neutral];
  if (found === undefined) throw node.wrong('neutral', `${flags ? 'flags' : 'an enum'} of types.yaml`);
  return found;
}

function versions(node: Node, key: string): ReadonlyMap<string, string | undefined> {
  if (!node.has(key)) return new Map();
  const child = node.child(key);
  return new Map(child.keys().map((member) => [member, child.version(member)]));
}
