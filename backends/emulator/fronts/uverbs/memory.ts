/** The caller's memory as the kernel sees it: pointers are patches of the call, what they point to are regions. */
import type { Patch, Region } from '../../../../spec/abi/abi.ts';

const UNMAPPED: Region = { bytes: new Uint8Array(0) };

export class Memory {
  readonly #regions: readonly Region[];
  readonly #patches: readonly Patch[];

  constructor(regions: readonly Region[], patches: readonly Patch[]) {
    this.#regions = regions;
    this.#patches = patches;
  }

  /** The message itself. */
  get message(): Region {
    return this.#regions[0] ?? UNMAPPED;
  }

  /** `length` bytes behind the pointer at `offset` of the message; undefined where that faults. */
  read(offset: number, length: number): Uint8Array | undefined {
    return length === 0 ? new Uint8Array(0) : this.#at(offset, length)?.bytes;
  }

  /** Writes behind the pointer at `offset` of the message; false where that faults. */
  write(offset: number, bytes: Uint8Array): boolean {
    if (bytes.length === 0) return true;
    const found = this.#at(offset, bytes.length);
    if (found === undefined || found.readOnly) return false;
    found.bytes.set(bytes);
    return true;
  }

  /** A number in the data field that no patch put there points nowhere. */
  #at(offset: number, length: number): { readonly bytes: Uint8Array; readonly readOnly: boolean } | undefined {
    const patch = this.#patches.find((candidate) => candidate.into === 0 && candidate.offset === offset);
    const region = patch === undefined ? undefined : this.#regions[patch.region];
    if (patch === undefined || region === undefined || patch.target + length > region.bytes.length) return undefined;
    return { bytes: region.bytes.subarray(patch.target, patch.target + length), readOnly: region.readOnly === true };
  }
}
