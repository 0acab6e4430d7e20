/** Numbers of a driver's namespace: those that a device lists, and those that a driver adds in scenarios on names. */
import type { RegisteredRow } from '../../backends/backend.ts';
import type { Context } from './client.ts';
import { classesOf, methodsOf, recordsOf } from './interface.ts';
import type { Named } from './names.ts';

export const OWN_CLASS = 0x8000;
export const PD = 4;
const FIRST_DRIVER_METHOD = 96;

/** What a driver adds in these scenarios, and its names for it. */
export const ROWS: readonly RegisteredRow[] = [
  { classId: OWN_CLASS, method: 0, operation: 'serve', attributes: [{ id: 1 }] },
  { classId: OWN_CLASS, method: 3, operation: 'serve' },
  { classId: OWN_CLASS, method: 40, operation: 'serve' },
  { classId: PD, method: 120, operation: 'serve', attributes: [{ id: 0x8000 }] },
];

/** Every method and attribute id that discovery lists, as `METHOD class.number`. */
export async function offered(context: Context): Promise<Set<string>> {
  const all = new Set<string>();
  for (const id of (await classesOf(context)).ids) {
    all.add(`CLASS ${String(id)}.0`);
    for (const method of (await methodsOf(context, id)).numbers) {
      all.add(`METHOD ${String(id)}.${String(method)}`);
      const { records } = await recordsOf(context, id, method);
      for (const record of records) all.add(`ATTRIBUTE ${String(id)}.${String(record['id'])}`);
    }
  }
  return all;
}

export function placeOf({ kind, classId, number }: Named): string {
  return `${kind} ${String(classId)}.${String(number)}`;
}

/** Whether a number that discovery lists is the driver's to name. */
export function isOwn(place: string): boolean {
  const [kind = '', numbers = ''] = place.split(' ');
  const [classId = 0, number = 0] = numbers.split('.').map(Number);
  if (classId >= OWN_CLASS) return kind !== 'METHOD' || number >= FIRST_DRIVER_METHOD;
  return (kind === 'METHOD' && number >= FIRST_DRIVER_METHOD) || (kind === 'ATTRIBUTE' && number >= OWN_CLASS);
}
