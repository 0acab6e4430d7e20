/** Chains of messages: one memory out of many, the elements in any memory, and what became of each. */
import { errnoName } from '../../errno.ts';
import type { Chains, Decoded, DecodedItem, Element, Encoded } from '../abi.ts';
import {
  ALIGNMENT,
  CHAIN_ELEMENTS,
  CHAIN_METHOD,
  COMMAND_DONE,
  COMMAND_ERRNO_SHIFT,
  COMMAND_METHOD,
  ELEMENT_BYTES,
  FARTHEST_NEXT,
  HEADER_BYTES,
  aligned,
  methodOf,
  requestOf,
} from './layout.ts';

/** Where an element begins, and the two words of its header. */
interface Place {
  readonly at: number;
  readonly command: number;
  readonly next: number;
}

export const CHAINS: Chains = { maximum: CHAIN_ELEMENTS, farthest: FARTHEST_NEXT, join, elements };

/** One region with the messages as they are; a header that lies is written as it lies. */
function join(
  messages: readonly Encoded[],
  lies: (index: number) => { command?: number; next?: number } = () => ({}),
): Encoded {
  const sizes = messages.map(({ regions }) => ELEMENT_BYTES + aligned(regions[0]?.bytes.length ?? 0));
  const bytes = new Uint8Array(sizes.reduce((sum, size) => sum + size, 0));
  const view = new DataView(bytes.buffer);
  let at = 0;
  messages.forEach(({ request, regions }, index) => {
    const size = sizes[index] ?? 0;
    const { command = methodOf(request), next = index === messages.length - 1 ? 0 : size } = lies(index);
    view.setUint32(at, command, true);
    view.setUint32(at + 4, next, true);
    bytes.set(regions[0]?.bytes ?? [], at + ELEMENT_BYTES);
    at += size;
  });
  return { request: requestOf(CHAIN_METHOD), regions: [{ bytes, guard: true }], patches: [] };
}

/** The elements that the links lead to, with what became of each. */
function elements({ regions }: Pick<Encoded, 'regions'>): readonly Element[] {
  const bytes = regions[0]?.bytes ?? new Uint8Array();
  const { places } = placesIn(bytes);
  return places.map(({ at, command, next }) => ({
    method: command & COMMAND_METHOD,
    done: (command & COMMAND_DONE) !== 0,
    errno: command >>> COMMAND_ERRNO_SHIFT,
    command,
    message: bytes.subarray(at + ELEMENT_BYTES, next === 0 ? bytes.length : at + next),
  }));
}

/** Follows the links as far as they can be followed; `problem` says where that ends too early. */
export function placesIn(bytes: Uint8Array): {
  readonly places: readonly Place[];
  readonly problem?: Decoded['problem'];
} {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const places: Place[] = [];
  let at = 0;
  for (;;) {
    if (at + ELEMENT_BYTES + HEADER_BYTES > bytes.length)
      return stop(places, bytes.length, 'an element and the header of its message are cut short');
    if (places.length === CHAIN_ELEMENTS) return stop(places, at, `more than ${String(CHAIN_ELEMENTS)} elements`);
    const next = view.getUint32(at + 4, true);
    places.push({ at, command: view.getUint32(at, true), next });
    if (next === 0) return { places };
    const least = ELEMENT_BYTES + view.getUint16(at + ELEMENT_BYTES, true);
    if (next % ALIGNMENT !== 0 || next < least || next > FARTHEST_NEXT)
      return stop(places, at + 4, `next ${String(next)} leads to no element`);
    at += next;
  }
}

function stop(places: readonly Place[], offset: number, message: string): ReturnType<typeof placesIn> {
  return { places, problem: { offset, message } };
}

/** A chain in words: what every element is by itself, its names behind its number. */
export function decodeChain(
  request: number,
  bytes: Uint8Array,
  one: (request: number, bytes: Uint8Array) => Decoded,
): Decoded {
  const { places, problem } = placesIn(bytes);
  const header: DecodedItem[] = [];
  const attributes: DecodedItem[] = [];
  const problems = problem === undefined ? [] : [problem];
  places.forEach(({ at, command, next }, index) => {
    const start = at + ELEMENT_BYTES;
    const message = one(requestOf(command), bytes.subarray(start, next === 0 ? bytes.length : at + next));
    const of = (item: DecodedItem): DecodedItem => ({
      ...item,
      name: `${String(index)}.${item.name}`,
      offset: start + item.offset,
    });
    header.push(
      { name: `${String(index)}.command`, value: message.name, offset: at, length: 4, notes: notesOf(command) },
      { name: `${String(index)}.next`, value: String(next), offset: at + 4, length: 4, notes: [] },
      ...message.header.map(of),
    );
    attributes.push(...message.attributes.map(of));
    if (message.problem !== undefined) problems.push({ ...message.problem, offset: start + message.problem.offset });
  });
  const [first] = problems.sort((a, b) => a.offset - b.offset);
  const words = { name: `chain of ${String(places.length)}`, request: `0x${request.toString(16)}`, header, attributes };
  return first === undefined ? words : { ...words, problem: first };
}

function notesOf(command: number): string[] {
  const errno = command >>> COMMAND_ERRNO_SHIFT;
  const rest = command & ~(COMMAND_METHOD | COMMAND_DONE) & ((1 << COMMAND_ERRNO_SHIFT) - 1);
  return [
    ...((command & COMMAND_DONE) === 0 ? [] : ['done']),
    ...(errno === 0 ? [] : [`refused ${errnoName(errno)}`]),
    ...(rest === 0 ? [] : [`command 0x${command.toString(16)}`]),
  ];
}
