/** Work queues: sizes, numbers, and a state machine of three states. */
import { ERRNO } from '../../../spec/errno.ts';
import type { Spec } from '../../../spec/model.ts';
import type { Call } from '../core/call.ts';
import type { Instance } from '../core/instance.ts';
import type { Rule } from '../rules.ts';
import { grantedWork } from './granted.ts';
import { idOf } from './ids.ts';
import { admit, named, dismiss, notUsed, withinLimit } from './lifetime.ts';

export interface WqState {
  readonly wqn: number;
  readonly maxWr: number;
  readonly maxSge: number;
  readonly userHandle: bigint;
  flags: number;
  /** Number of the current state in enum `wq_state`. */
  state: number;
}

/** from -> set of states to go to, by number. */
function movesOf(spec: Spec): readonly ReadonlySet<number>[] {
  const numbers = spec.enums['wq_state'] ?? {};
  const moves = spec.objects['wq']?.moves ?? {};
  return Object.keys(numbers).map((from) => new Set((moves[from] ?? []).map((to) => numbers[to] ?? -1)));
}

export function wqRules(spec: Spec): Readonly<Record<string, readonly Rule<Call>[]>> {
  const id = (name: string): number => idOf(spec, 'wq', name);
  const [pd, cq, maxWr, maxSge, flags] = [id('pd'), id('cq'), id('max_wr'), id('max_sge'), id('flags')];
  const [userHandle, number, state, curState] = [id('user_handle'), id('wq_num'), id('state'), id('cur_state')];
  const [flagsMask, events] = [id('flags_mask'), id('events_reported')];
  const reset = spec.enums['wq_state']?.['RESET'] ?? 0;
  const moves = movesOf(spec);
  const stateOf = (call: Call): WqState => (call.target as Instance<WqState>).state;
  const bound = (call: Call, name: string): number => call.device.model.limits[name] ?? 0;
  const given = (call: Call, attribute: number): number => (call.has(attribute) ? (call.numbers[attribute] ?? 0) : 0);
  return {
    'wq.create': [
      { clause: 'wq-create-zero', apply: (call) => (call.numbers[maxWr] === 0 ? ERRNO.EINVAL : 0) },
      {
        clause: 'wq-create-maximum',
        apply: (call) =>
          (call.numbers[maxWr] ?? 0) > bound(call, 'max_qp_wr') || (call.numbers[maxSge] ?? 0) > bound(call, 'max_sge')
            ? ERRNO.EINVAL
            : 0,
      },
      withinLimit('wq', 'max_wq'),
      {
        clause: 'wq-create-granted',
        apply: (call) => {
          call.outNumbers[maxWr] = grantedWork(call.numbers[maxWr] ?? 0, bound(call, 'max_qp_wr'));
          call.outNumbers[maxSge] = call.numbers[maxSge] ?? 0;
          return 0;
        },
      },
      { clause: 'wq-number', apply: (call) => ((call.outNumbers[number] = call.device.takeNumber('wq')), 0) },
      {
        clause: 'wq-create',
        apply: (call) => {
          const made: WqState = {
            wqn: call.outNumbers[number] ?? 0,
            maxWr: call.outNumbers[maxWr] ?? 0,
            maxSge: call.outNumbers[maxSge] ?? 0,
            userHandle: call.has(userHandle) ? (call.objects[userHandle] as bigint) : 0n,
            flags: given(call, flags),
            state: reset,
          };
          admit(call, named(call, [pd, cq]), made);
          return 0;
        },
      },
    ],
    'wq.modify': [
      {
        clause: 'wq-modify-empty',
        apply: (call) => (call.has(state) || call.has(curState) || call.has(flags) ? 0 : ERRNO.EINVAL),
      },
      {
        clause: 'wq-modify-cur-state',
        apply: (call) => (call.has(curState) && call.numbers[curState] !== stateOf(call).state ? ERRNO.EINVAL : 0),
      },
      {
        clause: 'wq-modify-illegal',
        apply: (call) =>
          call.has(state) && moves[stateOf(call).state]?.has(call.numbers[state] ?? 0) !== true ? ERRNO.EINVAL : 0,
      },
      {
        clause: 'wq-modify-flags',
        apply: (call) => {
          const changed = given(call, flagsMask);
          stateOf(call).flags = (stateOf(call).flags & ~changed) | (given(call, flags) & changed);
          return 0;
        },
      },
      {
        clause: 'wq-modify',
        apply: (call) => {
          if (call.has(state)) stateOf(call).state = call.numbers[state] ?? 0;
          return 0;
        },
      },
    ],
    'wq.destroy': [
      notUsed('wq-destroy-busy'),
      { clause: 'wq-destroy-count', apply: (call) => ((call.outNumbers[events] = 0), 0) },
      { clause: 'wq-destroy', apply: (call) => (dismiss(call), 0) },
    ],
  };
}
