/** What DEVICE.INFO_HANDLES lists. */
import type { Context } from './client.ts';
import { ask, nativeOf, type Asked } from './native.ts';
import { Refused } from './things.ts';

/** Room for as many handles as any scenario has. */
const ROOM = 256;
const HANDLE_BYTES = 4;

/** `object`: its name, or its number. */
export async function info(context: Context, object: string | number | bigint, room: Uint8Array): Promise<Asked> {
  const id = typeof object === 'string' ? (nativeOf(context).objects[object] ?? 0) : object;
  const given = { OBJECT_ID: id, TOTAL_HANDLES: new Uint8Array(HANDLE_BYTES), HANDLES_LIST: room };
  return ask(context, 'device', 'info_handles', given);
}

export function handleRoom(handles = ROOM): Uint8Array {
  return new Uint8Array(HANDLE_BYTES * handles);
}

/** The number told, and as many handles of the list. */
export function handlesIn({ outputs }: Asked): { readonly total: number; readonly handles: readonly number[] } {
  const total = numbers(outputs['TOTAL_HANDLES'])[0] ?? 0;
  return { total, handles: numbers(outputs['HANDLES_LIST']).slice(0, total) };
}

/** The handles of all objects of a type in a file, ascending. */
export async function listedHandles(context: Context, object: string): Promise<readonly number[]> {
  const asked = await info(context, object, handleRoom());
  if (asked.result.errno !== 0) throw new Refused('info-handles', asked.result);
  return handlesIn(asked).handles.toSorted((a, b) => a - b);
}

function numbers(bytes: Uint8Array = new Uint8Array(0)): number[] {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  return Array.from({ length: Math.floor(bytes.length / HANDLE_BYTES) }, (_, at) =>
    view.getUint32(HANDLE_BYTES * at, true),
  );
}
