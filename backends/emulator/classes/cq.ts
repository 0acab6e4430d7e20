/** Completion queues: size, vector, resize. */
import { ERRNO } from '../../../spec/errno.ts';
import type { Spec } from '../../../spec/model.ts';
import type { Call } from '../core/call.ts';
import type { Channel } from '../core/channel.ts';
import type { Instance } from '../core/instance.ts';
import type { Completion } from '../datapath/work.ts';
import type { Rule } from '../rules.ts';
import { idOf } from './ids.ts';
import { FORGET_EVENTS, admit, dismiss, notUsed, withinLimit } from './lifetime.ts';

export interface CqState {
  cqe: number;
  readonly vector: number;
  readonly userHandle: bigint;
  /** Completions nobody has taken yet, oldest first. */
  completions: Completion[];
  /** True once there was no room for one: nothing is reported any more. */
  overrun: boolean;
  /** Where its completion events go, and which completions it is armed for. */
  readonly compChannel: Channel | undefined;
  armed: 'none' | 'solicited' | 'next';
}

/** Devices take sizes in powers of two, so what is granted may exceed what was asked; the limit is one itself. */
export function grantedEntries(asked: number): number {
  return asked <= 1 ? asked : 2 ** Math.ceil(Math.log2(asked));
}

export function cqRules(spec: Spec): Readonly<Record<string, readonly Rule<Call>[]>> {
  const id = (name: string): number => idOf(spec, 'cq', name);
  const [cqe, vector, userHandle] = [id('cqe'), id('comp_vector'), id('user_handle')];
  const [compEvents, asyncEvents, compChannel] = [id('comp_events'), id('async_events'), id('comp_channel')];
  const asked = (call: Call): number => call.numbers[cqe] ?? 0;
  const stateOf = (call: Call): CqState => (call.target as Instance<CqState>).state;
  const notZero = (clause: string): Rule<Call> => ({ clause, apply: (call) => (asked(call) === 0 ? ERRNO.EINVAL : 0) });
  const notAbove = (clause: string): Rule<Call> => ({
    clause,
    apply: (call) => (asked(call) > (call.device.model.limits['max_cqe'] ?? 0) ? ERRNO.EINVAL : 0),
  });
  return {
    'cq.create': [
      notZero('cq-create-zero'),
      notAbove('cq-create-maximum'),
      {
        clause: 'cq-create-vector',
        apply: (call) =>
          (call.numbers[vector] ?? 0) >= (call.device.model.limits['comp_vectors'] ?? 0) ? ERRNO.EINVAL : 0,
      },
      withinLimit('cq', 'max_cq'),
      { clause: 'cq-create-granted', apply: (call) => ((call.outNumbers[cqe] = grantedEntries(asked(call))), 0) },
      {
        clause: 'cq-create',
        apply: (call) => {
          const state: CqState = {
            cqe: call.outNumbers[cqe] ?? 0,
            vector: call.numbers[vector] ?? 0,
            userHandle: call.has(userHandle) ? (call.objects[userHandle] as bigint) : 0n,
            completions: [],
            overrun: false,
            compChannel: call.has(compChannel) ? call.channelAt(compChannel) : undefined,
            armed: 'none',
          };
          admit(call, [], state);
          return 0;
        },
      },
    ],
    'cq.query': [
      {
        clause: 'cq-query',
        apply: (call) => {
          const state = stateOf(call);
          call.outNumbers[cqe] = state.cqe;
          call.outNumbers[vector] = state.vector;
          call.outObjects[userHandle] = state.userHandle;
          return 0;
        },
      },
    ],
    'cq.modify': [
      { clause: 'cq-modify-limit', apply: (call) => notZero('').apply(call) || notAbove('').apply(call) },
      {
        clause: 'cq-modify-unpolled',
        apply: (call) => (asked(call) < stateOf(call).completions.length ? ERRNO.EINVAL : 0),
      },
      {
        clause: 'cq-modify',
        apply: (call) => {
          stateOf(call).cqe = call.outNumbers[cqe] = grantedEntries(asked(call));
          return 0;
        },
      },
    ],
    'cq.destroy': [
      notUsed('cq-destroy-busy'),
      {
        clause: 'cq-destroy-counts',
        apply: (call) => {
          const cq = call.target as Instance;
          call.outNumbers[compEvents] = cq.compEvents;
          call.outNumbers[asyncEvents] = cq.asyncEvents;
          return 0;
        },
      },
      ...FORGET_EVENTS,
      { clause: 'cq-destroy', apply: (call) => (dismiss(call), 0) },
    ],
  };
}
