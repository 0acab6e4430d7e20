/** Names of what a device has, as the interface class lists and finds them, and who the driver of a device says it is. */
import type { Call, StructValue } from '../../spec/abi/abi.ts';
import { nameFields, nameIn } from '../../spec/abi/uapi/text.ts';
import type { DriverIdentity } from '../../backends/backend.ts';
import type { Context } from './client.ts';
import { classesOf } from './interface.ts';
import type { Result } from './result.ts';
import { Refused } from './things.ts';
import { words } from './words.ts';

/** Bytes of one record of the list. */
const RECORD = 40;
const KINDS = ['', 'CLASS', 'METHOD', 'ATTRIBUTE'] as const;

/** A name and what it stands for, its kind by the name of the number. */
export interface Named {
  readonly name: string;
  readonly kind: string;
  readonly classId: number;
  readonly number: number;
}

export const askNames = (classId: number, entries: number): Call => ({
  object: 'interface',
  method: 'query_names',
  on: 0,
  attributes: { class: classId },
  room: { name_count: 0, names: RECORD * entries },
});

export const askFor = (name: StructValue | string): Call => ({
  object: 'interface',
  method: 'find',
  on: 0,
  attributes: { name: typeof name === 'string' ? nameFields(name) : name },
  room: { kind: 0, class_id: 0, number: 0 },
});

/** The names of a class, asked for in two calls: how many there are, and which. */
export async function namesIn(
  context: Context,
  classId: number,
): Promise<{ names: Named[]; count: number; result: Result }> {
  const counted = await context.call({ ...askNames(classId, 0), room: { name_count: 0 } });
  const count = Number(counted.reply?.attributes['name_count'] ?? 0);
  const result = await context.call(askNames(classId, count));
  if (result.reply === undefined) throw new Refused('discovery-names', result);
  const list = (result.reply.attributes['names'] ?? []) as readonly StructValue[];
  // Room beyond the last name is filled with zeros.
  const names = list.slice(0, count).map((record) => ({
    name: nameIn(record),
    kind: KINDS[Number(record['kind'])] ?? words(record['kind']),
    classId,
    number: Number(record['number']),
  }));
  return { names, count, result };
}

/** Every name of every class. */
export async function namesOf(context: Context): Promise<Named[]> {
  const names: Named[] = [];
  for (const id of (await classesOf(context)).ids) names.push(...(await namesIn(context, id)).names);
  return names;
}

/** What a name is found to stand for. */
export async function found(context: Context, name: string): Promise<{ named: Named | undefined; result: Result }> {
  const result = await context.call(askFor(name));
  if (result.reply === undefined) return { named: undefined, result };
  const { kind, class_id, number } = result.reply.attributes;
  return { named: { name, kind: words(kind), classId: Number(class_id), number: Number(number) }, result };
}

export function inWords({ name, kind, classId, number }: Named): string {
  return `${name}: ${kind} ${String(classId)}.${String(number)}`;
}

/** Name and version of the driver of a device. */
export async function driverOf(context: Context): Promise<{ driver: DriverIdentity; result: Result }> {
  const room = { driver_name: 0, driver_version: 0 };
  const result = await context.call({ object: 'device', method: 'query', on: 0, attributes: {}, room });
  if (result.reply === undefined) throw new Refused('device-query', result);
  const { driver_name: name = {}, driver_version: version = 0 } = result.reply.attributes;
  return { driver: { name: nameIn(name as StructValue), version: Number(version) }, result };
}
