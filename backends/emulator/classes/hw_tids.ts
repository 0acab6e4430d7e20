/**
 * Expected receives of hardware contexts: memory that the device writes to directly, named by numbers (TIDs) of the form that hfi1
 * gives them, one for each page; what becomes of them when the process unmaps the memory; and what user_info tells.
 * Source: hw/hfi1/user_exp_rcv.c, hw/hfi1/file_ops.c.
 */
import type { StructValue } from '../../../spec/abi/abi.ts';
import { structOf } from '../../../spec/abi/uapi/values.ts';
import { ERRNO } from '../../../spec/errno.ts';
import type { Spec } from '../../../spec/model.ts';
import type { Call } from '../core/call.ts';
import type { Instance } from '../core/instance.ts';
import type { Rule } from '../rules.ts';
import type { HwContextState } from './hw_context.ts';
import { idOf } from './ids.ts';

const { EBADF, EFAULT, EINVAL, ENOSPC } = ERRNO;

/** How many expected receives a context can have at once. */
export const MOST_TIDS = 64;
const PAGE = 4096;
const TID_BYTES = 4;
/** What hfi1's tokens for mmap begin with. */
const MAGIC = 0xdabbad00n << 32n;
/** Areas that processes which share a context have in common begin so. */
const SHARED = 'shared_';
const REVISION = 0x10;

/** One page that is written to directly. */
interface Expected {
  readonly tid: number;
  /** Ends the watch over its memory. */
  readonly unwatch: () => void;
}

export class Tids {
  /** By entry of the device's table. */
  readonly #entries: (Expected | undefined)[] = Array.from({ length: MOST_TIDS }, () => undefined);
  /** Those whose memory was unmapped and that nobody has been told of. */
  invalid: number[] = [];

  get free(): number {
    return this.#entries.filter((entry) => entry === undefined).length;
  }

  has(tid: number): boolean {
    return this.#entries.some((entry) => entry?.tid === tid);
  }

  /** `watch` is told the number and begins to look after its memory. */
  add(watch: (tid: number) => () => void): number {
    const entry = this.#entries.indexOf(undefined);
    const tid = tidOf(entry);
    this.#entries[entry] = { tid, unwatch: watch(tid) };
    return tid;
  }

  remove(tid: number): void {
    const entry = this.#entries.findIndex((one) => one?.tid === tid);
    this.#entries[entry]?.unwatch();
    if (entry >= 0) this.#entries[entry] = undefined;
  }

  clear(): void {
    for (const entry of this.#entries) if (entry !== undefined) this.remove(entry.tid);
    this.invalid = [];
  }
}

/** Two entries share an index; control bits say which of them it is. The low bits are the length in pages. */
function tidOf(entry: number): number {
  return ((((entry & 1) + 1) << 30) | ((entry >>> 1) << 20) | 1) >>> 0;
}

function stateOf(call: Call): HwContextState {
  return (call.target as Instance<HwContextState>).state;
}

export function hwTidRules(spec: Spec): Readonly<Record<string, readonly Rule<Call>[]>> {
  const id = (name: string): number => idOf(spec, 'hw_context', name);
  const [address, length, tids, count] = [id('address'), id('length'), id('tids'), id('tid_count')];
  const [hwVersion, driverVersion, jobKey, areas] = [
    id('hw_version'),
    id('driver_version'),
    id('job_key'),
    id('areas'),
  ];
  const areaNames = structOf(spec, 'hw_areas').fields.map(({ name }) => name);
  const mmuBit = spec.flags['hw_event']?.['TID_MMU'] ?? 0;
  const named = (call: Call): readonly number[] => (call.has(tids) ? (call.objects[tids] as readonly number[]) : []);
  const bytes = (call: Call): number => call.numbers[length] ?? 0;
  const startOf = (call: Call): bigint => (call.has(address) ? (call.objects[address] as bigint) : 0n);
  const roomFor = (call: Call, needed: number): boolean =>
    !call.wants(tids) || (call.room[tids] ?? 0) >= TID_BYTES * needed;

  /** Pages of the buffer that are memory of the process, from its first one on. */
  function pagesOf(call: Call): number {
    const pages = Math.ceil(bytes(call) / PAGE);
    const there = (page: number): boolean =>
      call.process?.memory.load(startOf(call) + BigInt(page * PAGE), PAGE) !== undefined;
    let found = 0;
    while (found < pages && there(found)) found += 1;
    return found;
  }
  const pagesTaken = (call: Call): number => Math.min(pagesOf(call), stateOf(call).tids.free);

  function expect(call: Call, page: number): number {
    const { device, process, target } = call;
    const { state } = target as Instance<HwContextState>;
    const at = startOf(call) + BigInt(page * PAGE);
    return state.tids.add((tid) => {
      const unmapped = (): void => {
        state.tids.invalid.push(tid);
        if (state.tids.invalid.length === 1)
          device.raise({ device, event: 'HW_TID_MMU', source: target, channels: [] });
      };
      return process?.memory.watch(at, PAGE, unmapped) ?? (() => undefined);
    });
  }

  /** Where the areas of a context can be found; those for sharing only where it is shared. */
  function areasOf({ number, subcontexts }: HwContextState): StructValue {
    const place = (name: string, index: number): bigint =>
      name.startsWith(SHARED) && subcontexts === 0 ? 0n : MAGIC | (BigInt(index + 1) << 24n) | (BigInt(number) << 12n);
    return Object.fromEntries(areaNames.map((name, index) => [name, place(name, index)]));
  }

  return {
    'hw_context.user_info': [
      {
        clause: 'hw-context-user-info',
        apply: (call) => {
          call.outNumbers[hwVersion] = REVISION;
          call.outNumbers[driverVersion] = call.device.driver.version;
          call.outNumbers[jobKey] = 1;
          call.outObjects[areas] = areasOf(stateOf(call));
          return 0;
        },
      },
    ],
    'hw_context.tid_update': [
      {
        clause: 'hw-context-tid-buffer',
        apply: (call) => {
          const wrong = startOf(call) % BigInt(PAGE) !== 0n || bytes(call) === 0;
          return wrong || bytes(call) > MOST_TIDS * PAGE ? EINVAL : 0;
        },
      },
      { clause: 'hw-context-tid-memory', apply: (call) => (pagesOf(call) === 0 ? EFAULT : 0) },
      {
        clause: 'hw-context-tid-room',
        apply: (call) => (stateOf(call).tids.free === 0 || !roomFor(call, pagesTaken(call)) ? ENOSPC : 0),
      },
      {
        clause: 'hw-context-tid',
        apply: (call) => {
          const made = Array.from({ length: pagesTaken(call) }, (_, page) => expect(call, page));
          call.outObjects[tids] = made;
          call.outNumbers[count] = made.length;
          call.outNumbers[length] = Math.min(bytes(call), made.length * PAGE);
          return 0;
        },
      },
    ],
    'hw_context.tid_free': [
      {
        clause: 'hw-context-tid-unknown',
        apply: (call) => {
          const all = named(call);
          const known = new Set(all).size === all.length && all.every((tid) => stateOf(call).tids.has(tid));
          return known ? 0 : EBADF;
        },
      },
      {
        clause: 'hw-context-tid-free',
        apply: (call) => {
          for (const tid of named(call)) stateOf(call).tids.remove(tid);
          call.outNumbers[count] = named(call).length;
          return 0;
        },
      },
    ],
    'hw_context.tid_invalid': [
      {
        clause: 'hw-context-tid-room',
        apply: (call) => (roomFor(call, stateOf(call).tids.invalid.length) ? 0 : ENOSPC),
      },
      {
        clause: 'hw-context-tid-invalid',
        apply: (call) => {
          const state = stateOf(call);
          call.outObjects[tids] = state.tids.invalid;
          call.outNumbers[count] = state.tids.invalid.length;
          state.tids.invalid = [];
          state.events &= ~mmuBit;
          return 0;
        },
      },
    ],
    // Credits come back by themselves; nobody but the process that sends can see them earlier.
    'hw_context.credit_update': [{ clause: 'hw-context-credit', apply: () => 0 }],
  };
}
