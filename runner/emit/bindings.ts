/**
 * What each call of a trace names, and which earlier call gave it out. A handle belongs to an open file, a descriptor and an
 * address to a process: a number in a place that holds such a name is what the last call gave out under it there, as for a kernel.
 */
import type { Abi, NamedCall, NamedPlace, SentMemory } from '../../spec/abi/abi.ts';
import type { TraceLine } from '../../spec/verdict/evidence.ts';
import { bytesOf } from '../views/calls.ts';

/** Something a call gave out, which later calls name by a value that is known only when a program runs. */
export interface Binding {
  /** What the program calls it: `qp_7` was made by call 7. */
  readonly variable: string;
  readonly names: NamedPlace['names'];
  readonly of: string;
  /** Index of the call that made it. */
  readonly by: number;
}

/** Bytes of a message that take the value of a binding. */
export interface Use {
  readonly place: NamedPlace;
  readonly binding: Binding;
  /** What is added to it: addresses lie inside of what was mapped. */
  readonly plus: bigint;
}

/** Where the reply of a call says the value of what it made; without a place it is the answer itself. */
export interface Made {
  readonly binding: Binding;
  readonly place?: NamedPlace;
}

/** A call of the trace with its names resolved. */
export interface BoundCall {
  readonly index: number;
  readonly line: TraceLine;
  readonly named?: NamedCall;
  /** The descriptor it is made on; undefined where no call of the trace opened it. */
  readonly on?: Binding;
  readonly uses: readonly Use[];
  readonly made: readonly Made[];
  /** The object it is about: that of the message, else the descriptor it is made on. */
  readonly target?: Binding;
}

/** Descriptors of a process, and memory it mapped. */
interface Owner {
  readonly fds: Map<number, Binding>;
  readonly mapped: { readonly start: bigint; readonly length: bigint; readonly binding: Binding }[];
}

/** Undefined where the ABI has no names: nothing could make its calls. */
export function boundCalls(abi: Abi, lines: readonly TraceLine[]): readonly BoundCall[] | undefined {
  const { names } = abi;
  if (names === undefined) return undefined;
  const owners = new Map<number, Owner>();
  /** By open file and handle, and by kind of number and value. */
  const given = new Map<string, Binding>();
  return lines.map((line, index): BoundCall => {
    const owner = owners.get(line.pid) ?? { fds: new Map<number, Binding>(), mapped: [] };
    owners.set(line.pid, owner);
    const on = line.fd === undefined ? undefined : owner.fds.get(line.fd);
    const memory = memoryOf(line);
    const named = line.call === 'write' ? names.write(memory) : ioctlNames(names, line, memory);
    const keyOf = (place: NamedPlace, value: bigint): string =>
      place.names === 'number' ? `${place.of} ${String(value)}` : `${on?.variable ?? ''} ${String(value)}`;
    const uses: Use[] = [];
    for (const place of named?.places ?? []) {
      if (place.use === 'made') continue;
      const value = numberAt(memory.regions[place.region], place);
      if (value === undefined) continue;
      const use = place.names === 'address' ? within(owner, value) : { binding: found(place, value), plus: 0n };
      if (use?.binding !== undefined) uses.push({ place, binding: use.binding, plus: use.plus });
    }
    function found(place: NamedPlace, value: bigint): Binding | undefined {
      return place.names === 'fd' ? owner.fds.get(Number(value)) : given.get(keyOf(place, value));
    }
    const made: Made[] = [];
    const make = (names: Binding['names'], of: string, place?: NamedPlace): Binding => {
      const binding = { variable: `${of.replaceAll(/[^a-z0-9_]/g, '_')}_${String(line.n)}`, names, of, by: index };
      made.push(place === undefined ? { binding } : { binding, place });
      return binding;
    };
    if (succeeded(line)) {
      const after = (line.received ?? line.sent ?? []).map(bytesOf);
      for (const place of named?.places ?? []) {
        const value = place.use === 'made' ? numberAt(after[place.region], place) : undefined;
        // A query tells again what the create gave out.
        if (value === undefined || named?.observes === true) continue;
        const binding = make(place.names, place.of, place);
        if (place.names === 'fd') owner.fds.set(Number(value), binding);
        else given.set(keyOf(place, value), binding);
      }
      if (line.call === 'open') owner.fds.set(Number(line.answer), make('fd', 'device'));
      if (line.call === 'map') {
        const length = BigInt(argumentsOf(line)[0] ?? '0');
        owner.mapped.unshift({ start: BigInt(line.answer), length, binding: make('address', 'memory') });
      }
    }
    const own = uses.find(({ place }) => place.target)?.binding;
    const target = own ?? (named?.places.some((place) => place.target) === true ? undefined : on);
    return {
      index,
      line,
      uses,
      made,
      ...(named === undefined ? {} : { named }),
      ...(on === undefined ? {} : { on }),
      ...(target === undefined || (line.call === 'ioctl' && own === undefined && on?.of === 'device')
        ? {}
        : { target }),
    };
  });
}

function ioctlNames(names: NonNullable<Abi['names']>, line: TraceLine, memory: SentMemory): NamedCall | undefined {
  return line.call === 'ioctl' ? names.ioctl(Number(line.request), memory) : undefined;
}

export function memoryOf({ sent = [], patches = [] }: TraceLine): SentMemory {
  return {
    regions: sent.map(bytesOf),
    patches: patches.map(([into, offset, region, target]) => ({ into, offset, region, target })),
  };
}

/** What stands behind the descriptor in the detail of a line: the further arguments of the call. */
export function argumentsOf({ detail = '' }: TraceLine): readonly string[] {
  return detail
    .split(', ')
    .map((word) => word.trim())
    .filter((word) => word !== '');
}

export function succeeded({ answer }: TraceLine): boolean {
  return !answer.startsWith('-');
}

/** The number in a place, in the byte order of the host. */
export function numberAt(
  region: Uint8Array | undefined,
  { offset, bytes, big = false }: { readonly offset: number; readonly bytes: number; readonly big?: boolean },
): bigint | undefined {
  if (region === undefined || offset + bytes > region.length) return undefined;
  const part = [...region.subarray(offset, offset + bytes)];
  return (big ? part : part.reverse()).reduce((sum, byte) => (sum << 8n) | BigInt(byte), 0n);
}

function within({ mapped }: Owner, value: bigint): { readonly binding: Binding; readonly plus: bigint } | undefined {
  const area = mapped.find(({ start, length }) => value >= start && value < start + length);
  return area === undefined ? undefined : { binding: area.binding, plus: value - area.start };
}
