/** Whether a message of an ABI has room for the values of a call: fields differ in width between ABIs. */
import type { Abi, Call } from './abi.ts';

export function says(abi: Abi, call: Call): boolean {
  try {
    abi.encode(abi.draft(call));
    return true;
  } catch (error) {
    if (error instanceof RangeError) return false;
    throw error;
  }
}
