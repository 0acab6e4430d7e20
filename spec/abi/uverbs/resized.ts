/**
 * A command inside INVOKE_WRITE with a request or a room that is shorter or longer; what has no byte left is left out. What is
 * shorter goes without driver data: by write they would lie where bytes were taken away.
 */
import type { Sizes } from '../native.ts';
import type { Draft } from './draft.ts';
import { DRIVER_BIT } from './layout.ts';

const [CORE_IN, CORE_OUT] = [0, 1];

export function resized(draft: Draft, { request = 0, room = 0, tail = 0, fill = 0 }: Sizes): Draft {
  const attributes = draft.attributes.map((attribute) => {
    if (attribute.id === CORE_IN) return { ...attribute, payload: resize(attribute.payload, request, tail) };
    if (attribute.id !== CORE_OUT) return attribute;
    return { ...attribute, payload: new Uint8Array(Math.max(0, attribute.payload.length + room)).fill(fill) };
  });
  const left = (id: number, length: number): boolean => {
    if (id === DRIVER_BIT) return request >= 0;
    if (id === (DRIVER_BIT | 1)) return room >= 0;
    return id > CORE_OUT || length > 0;
  };
  return { ...draft, attributes: attributes.filter(({ id, payload }) => left(id, payload.length)) };
}

function resize(bytes: Uint8Array, more: number, fill: number): Uint8Array {
  const made = new Uint8Array(Math.max(0, bytes.length + more)).fill(fill);
  made.set(bytes.subarray(0, made.length));
  return made;
}
