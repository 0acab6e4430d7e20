/** The bytes of CORE_IN. */
import type { Message } from './message.ts';

/** Empty where the message has none; undefined where they cannot be read. */
export function coreIn(message: Message): Uint8Array | undefined {
  const given = message.given.get('CORE_IN');
  return given === undefined ? new Uint8Array(0) : message.inputOf(given);
}
