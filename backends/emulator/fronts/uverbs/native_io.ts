/** Inputs and outputs of methods that no neutral call stands for. */
import { DATA_AT, FLAGS_AT, FLAG_WRITTEN } from '../../../../spec/abi/uverbs/layout.ts';
import { ERRNO } from '../../../../spec/errno.ts';
import type { Message } from './message.ts';

/** A number in the data field of an attribute; 0 where it is not given. */
export function numberOf({ given }: Message, name: string): bigint {
  return BigInt.asUintN(64, given.get(name)?.data ?? 0n);
}

/** Writes an output, as far as there is room, and marks it; 0, or EFAULT. What is not asked for is not written. */
export function writeOut({ given, memory, view }: Message, name: string, bytes: Uint8Array): number {
  const attribute = given.get(name);
  if (attribute === undefined) return 0;
  if (!memory.write(attribute.at + DATA_AT, bytes.subarray(0, attribute.length))) return ERRNO.EFAULT;
  view.setUint16(attribute.at + FLAGS_AT, attribute.flags | FLAG_WRITTEN, true);
  return 0;
}
