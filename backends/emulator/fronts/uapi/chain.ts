/** Chains of messages in one call: the links are judged before anything is done, then each element is a call of its own. */
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
} from '../../../../spec/abi/uapi/layout.ts';
import { ERRNO } from '../../../../spec/errno.ts';
import { STALLED } from '../../core/running.ts';
import { pipelineOf, type Pipelines, type Rule } from '../../rules.ts';

/** A chain in the caller's memory, and what following its links found. */
export interface Chain {
  readonly bytes: Uint8Array;
  readonly view: DataView;
  readonly readOnly: boolean;
  /** Where each element begins and the next one does, in the order in which they are carried out. */
  elements: { readonly at: number; readonly end: number }[];
  unreadable: boolean;
  /** The first link that leads to no element. */
  broken: 'none' | 'misaligned' | 'overlapping' | 'far';
  tooLong: boolean;
  nested: boolean;
  /** Every bit set in a command beside the method. */
  beside: number;
  /** True once no further element is to be carried out. */
  over: boolean;
}

/** An element that has been carried out or refused. */
export interface Ended {
  readonly chain: Chain;
  readonly at: number;
  readonly errno: number;
}

/** Carries out one message as a call by itself: 0, an errno, or STALLED. */
export type CarryOut = (method: number, bytes: Uint8Array) => number;

const LINKS: readonly Rule<Chain>[] = [
  { clause: 'chain-unreadable', apply: (chain) => (chain.unreadable ? ERRNO.EFAULT : 0) },
  { clause: 'chain-read-only', apply: (chain) => (chain.readOnly ? ERRNO.EFAULT : 0) },
  { clause: 'chain-next-aligned', apply: (chain) => (chain.broken === 'misaligned' ? ERRNO.EINVAL : 0) },
  { clause: 'chain-next-overlap', apply: (chain) => (chain.broken === 'overlapping' ? ERRNO.EINVAL : 0) },
  { clause: 'chain-next-far', apply: (chain) => (chain.broken === 'far' ? ERRNO.EINVAL : 0) },
  { clause: 'chain-maximum', apply: (chain) => (chain.tooLong ? ERRNO.EINVAL : 0) },
  { clause: 'chain-nested', apply: (chain) => (chain.nested ? ERRNO.EINVAL : 0) },
  { clause: 'chain-command', apply: (chain) => (chain.beside !== 0 ? ERRNO.EINVAL : 0) },
  { clause: 'chain-length', apply: () => 0 },
  // The links are in the order of the memory already.
  { clause: 'chain-order', apply: () => 0 },
];

const ELEMENT: readonly Rule<Ended>[] = [
  { clause: 'chain-results', apply: (ended) => (tell(ended), 0) },
  {
    clause: 'chain-stop',
    apply: ({ chain, errno }) => {
      chain.over ||= errno !== 0;
      return 0;
    },
  },
  { clause: 'chain-errno', apply: ({ errno }) => errno },
];

export function chainRules(): Readonly<Record<string, readonly Rule<never>[]>> {
  return { 'uapi/chain': LINKS, 'uapi/element': ELEMENT };
}

/** What a chain answers. `resumed`: an element of it stood still; those before are not carried out again. */
export function chainOf(
  pipelines: Pipelines,
): (bytes: Uint8Array, readOnly: boolean, resumed: boolean, carryOut: CarryOut) => number {
  const links = pipelineOf<Chain>(pipelines, 'uapi/chain');
  const element = pipelineOf<Ended>(pipelines, 'uapi/element');
  return (bytes, readOnly, resumed, carryOut) => {
    const chain = follow(bytes, readOnly);
    const refused = resumed ? 0 : links(chain);
    if (refused !== 0) return refused;
    let errno = 0;
    for (const { at, end } of chain.elements) {
      const command = chain.view.getUint32(at, true);
      if (resumed && (command & COMMAND_DONE) !== 0) continue;
      const answer = carryOut(command & COMMAND_METHOD, bytes.subarray(at + ELEMENT_BYTES, end));
      if (answer === STALLED) return STALLED;
      const told = element({ chain, at, errno: answer });
      if (errno === 0) errno = told;
      if (chain.over) return errno;
    }
    return errno;
  };
}

/** Reads every link once, up to the first that leads to no element. */
function follow(bytes: Uint8Array, readOnly: boolean): Chain {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const chain: Chain = {
    bytes,
    view,
    readOnly,
    elements: [],
    unreadable: false,
    broken: 'none',
    tooLong: false,
    nested: false,
    beside: 0,
    over: false,
  };
  let at = 0;
  let next: number;
  do {
    if (at + ELEMENT_BYTES + HEADER_BYTES > bytes.length) return { ...chain, unreadable: true };
    if (chain.elements.length === CHAIN_ELEMENTS) return { ...chain, tooLong: true };
    const command = view.getUint32(at, true);
    next = view.getUint32(at + 4, true);
    chain.elements.push({ at, end: next === 0 ? bytes.length : at + next });
    chain.nested ||= (command & COMMAND_METHOD) === CHAIN_METHOD;
    chain.beside |= command & ~COMMAND_METHOD;
    if (next !== 0) chain.broken = linkFault(next, view.getUint16(at + ELEMENT_BYTES, true));
    at += next;
  } while (next !== 0 && chain.broken === 'none');
  return chain;
}

function linkFault(next: number, length: number): Chain['broken'] {
  if (next % ALIGNMENT !== 0) return 'misaligned';
  if (next > FARTHEST_NEXT) return 'far';
  return next < ELEMENT_BYTES + Math.max(length, HEADER_BYTES) ? 'overlapping' : 'none';
}

/** Writes into the command what became of its element. */
function tell({ chain, at, errno }: Ended): void {
  const result = errno === 0 ? COMMAND_DONE : errno << COMMAND_ERRNO_SHIFT;
  chain.view.setUint32(at, chain.view.getUint32(at, true) | result, true);
}
