/** The memory of one process: ordinary areas and device mappings, by address. Every fault is an answer. */
import { ERRNO } from '../../../spec/errno.ts';
import type { Mapping } from './mapping.ts';

interface Area {
  readonly start: number;
  /** Of ordinary memory; a mapping ends where the memory of its device does. */
  readonly size: number;
  /** Ordinary memory, zero until somebody touches it; most of it never is. */
  bytes: Uint8Array | undefined;
  readonly mapping: Mapping | undefined;
}

/** Memory whose end somebody wants to hear of. */
interface Watch {
  readonly start: number;
  readonly length: number;
  readonly unmapped: () => void;
}

function within({ start, length }: Watch, area: Area): boolean {
  return start < area.start + area.size && start + length > area.start;
}

const PAGE = 4096;
/** Addresses stay far below 2^53, so they are plain numbers inside. */
const FIRST_ADDRESS = 0x7f0000000000;

export class AddressSpace {
  #areas: Area[] = [];
  readonly #watches = new Set<Watch>();
  #next = FIRST_ADDRESS;

  /** New memory of whole pages, with an unmapped page behind it. */
  map(length: number, mapping?: Mapping): bigint {
    const size = Math.max(PAGE, Math.ceil(length / PAGE) * PAGE);
    const start = this.#next;
    this.#next += size + PAGE;
    this.#areas.push({ start, size, bytes: undefined, mapping });
    return BigInt(start);
  }

  /** 0, or EINVAL where no area begins there. */
  unmap(address: bigint): number {
    const left = this.#areas.filter((area) => BigInt(area.start) !== address);
    if (left.length === this.#areas.length) return ERRNO.EINVAL;
    const gone = this.#areas.filter((area) => !left.includes(area));
    this.#areas = left;
    for (const watch of [...this.#watches]) if (gone.some((area) => within(watch, area))) watch.unmapped();
    return 0;
  }

  /** Calls `unmapped` when memory is unmapped, unless the function that is returned was called before. */
  watch(address: bigint, length: number, unmapped: () => void): () => void {
    const watch: Watch = {
      start: Number(address),
      length,
      unmapped: () => {
        this.#watches.delete(watch);
        unmapped();
      },
    };
    this.#watches.add(watch);
    return () => void this.#watches.delete(watch);
  }

  /** A copy of the bytes, or undefined where some of them are not there. */
  load(address: bigint, length: number): Uint8Array | undefined {
    const found = this.#find(address, length);
    if (found === undefined) return undefined;
    if (found.area.mapping?.zapped === true) return new Uint8Array(length);
    return found.bytes.slice(found.offset, found.offset + length);
  }

  /** False where some of the bytes are not there. What is stored to a device that has gone goes nowhere. */
  store(address: bigint, bytes: Uint8Array): boolean {
    const found = this.#find(address, bytes.length);
    if (found === undefined) return false;
    if (found.area.mapping?.zapped !== true) found.bytes.set(bytes, found.offset);
    return true;
  }

  /** What a child gets: its own copy of ordinary memory, mappings of the same devices. */
  copy(): AddressSpace {
    const child = new AddressSpace();
    child.#next = this.#next;
    child.#areas = this.#areas.map((area) => ({
      ...area,
      bytes: area.bytes?.slice(),
      mapping: area.mapping && { ...area.mapping },
    }));
    return child;
  }

  /** The device mappings in it. */
  mappings(): Mapping[] {
    return this.#areas.flatMap(({ mapping }) => mapping ?? []);
  }

  #find(
    address: bigint,
    length: number,
  ): { readonly area: Area; readonly bytes: Uint8Array; readonly offset: number } | undefined {
    const at = Number(address);
    const ends = (one: Area): number => one.start + (one.mapping?.bytes.length ?? one.size);
    const area = this.#areas.find((one) => at >= one.start && at + length <= ends(one));
    if (area === undefined) return undefined;
    const bytes = area.mapping?.bytes ?? (area.bytes ??= new Uint8Array(area.size));
    return { area, bytes, offset: at - area.start };
  }
}
