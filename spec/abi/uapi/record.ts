/** Records of event channels: one struct for every kind of channel, which names the class of what the event is about. */
import type { Spec } from '../../model.ts';
import type { EventReport } from '../abi.ts';
import type { Tables } from './tables.ts';
import { readStruct, structOf } from './values.ts';

export const RECORD = 'event_record';

export function recordIn(spec: Spec, tables: Tables, bytes: Uint8Array): EventReport {
  const struct = structOf(spec, RECORD);
  if (bytes.length !== struct.size)
    throw new RangeError(`a record has ${String(struct.size)} bytes, here are ${String(bytes.length)}`);
  const values = readStruct(struct, new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength), 0);
  const number = Number(values['event']);
  const event = Object.entries(spec.enums['event'] ?? {}).find(([, value]) => value === number)?.[0];
  const classId = Number(values['class_id']);
  return {
    event: event ?? String(number),
    element: BigInt(values['element'] ?? 0),
    object: tables.classes.get(classId)?.table.object ?? `class ${String(classId)}`,
    reserved: Number(values['reserved']),
  };
}
