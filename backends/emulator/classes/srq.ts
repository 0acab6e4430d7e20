/** Shared receive queues: types, sizes, the limit, numbers of XRC ones. */
import { ERRNO } from '../../../spec/errno.ts';
import type { Spec } from '../../../spec/model.ts';
import type { Call } from '../core/call.ts';
import type { Instance } from '../core/instance.ts';
import type { ReceiveWork } from '../datapath/work.ts';
import type { Rule } from '../rules.ts';
import { grantedWork } from './granted.ts';
import { idOf } from './ids.ts';
import { admit, dismiss, notUsed, withinLimit } from './lifetime.ts';

export interface SrqState {
  /** Number of its type in enum `srq_type`. */
  readonly type: number;
  maxWr: number;
  readonly maxSge: number;
  /** Work requests below which an event is due; 0 when none is armed. */
  limit: number;
  /** 0 for types without a number. */
  readonly srqn: number;
  readonly userHandle: bigint;
  readonly pd: Instance;
  /** Work requests nobody has received by yet, oldest first. */
  receives: ReceiveWork[];
}

export function srqRules(spec: Spec): Readonly<Record<string, readonly Rule<Call>[]>> {
  const id = (name: string): number => idOf(spec, 'srq', name);
  const [pd, type, xrcd, cq] = [id('pd'), id('type'), id('xrcd'), id('cq')];
  const [maxWr, maxSge, limit, tags] = [id('max_wr'), id('max_sge'), id('srq_limit'), id('max_num_tags')];
  const [userHandle, number, events] = [id('user_handle'), id('srq_num'), id('events_reported')];
  const types = spec.enums['srq_type'] ?? {};
  /** What each type needs, and what it may have beside what all have. */
  const needs: Readonly<Record<number, readonly number[]>> = {
    [types['XRC'] ?? 1]: [xrcd, cq],
    [types['TM'] ?? 2]: [cq, tags],
  };
  const own = (call: Call): readonly number[] => needs[call.numbers[type] ?? 0] ?? [];
  const stateOf = (call: Call): SrqState => (call.target as Instance<SrqState>).state;
  const bound = (call: Call, name: string): number => call.device.model.limits[name] ?? 0;
  const asked = (call: Call): number => call.numbers[maxWr] ?? 0;
  const granted = (call: Call): number => grantedWork(asked(call), bound(call, 'max_srq_wr'));
  return {
    'srq.create': [
      {
        clause: 'srq-create-foreign',
        apply: (call) => ([xrcd, cq, tags].some((one) => call.has(one) && !own(call).includes(one)) ? ERRNO.EINVAL : 0),
      },
      {
        clause: 'srq-create-xrc',
        apply: (call) => (own(call).some((one) => !call.has(one)) ? ERRNO.EINVAL : 0),
      },
      {
        clause: 'srq-create-type',
        apply: (call) => (call.numbers[type] === types['TM'] ? ERRNO.EOPNOTSUPP : 0),
      },
      { clause: 'srq-create-zero', apply: (call) => (asked(call) === 0 ? ERRNO.EINVAL : 0) },
      {
        clause: 'srq-create-maximum',
        apply: (call) =>
          asked(call) > bound(call, 'max_srq_wr') || (call.numbers[maxSge] ?? 0) > bound(call, 'max_srq_sge')
            ? ERRNO.EINVAL
            : 0,
      },
      {
        clause: 'srq-create-limit',
        apply: (call) => (call.has(limit) && (call.numbers[limit] ?? 0) > granted(call) ? ERRNO.EINVAL : 0),
      },
      withinLimit('srq', 'max_srq'),
      {
        clause: 'srq-create-granted',
        apply: (call) => {
          call.outNumbers[maxWr] = granted(call);
          call.outNumbers[maxSge] = call.numbers[maxSge] ?? 0;
          return 0;
        },
      },
      {
        clause: 'srq-number',
        apply: (call) => {
          call.outNumbers[number] = call.numbers[type] === types['XRC'] ? call.device.takeNumber('srq') : 0;
          return 0;
        },
      },
      {
        clause: 'srq-create',
        apply: (call) => {
          const state: SrqState = {
            type: call.numbers[type] ?? 0,
            maxWr: call.outNumbers[maxWr] ?? 0,
            maxSge: call.outNumbers[maxSge] ?? 0,
            limit: call.has(limit) ? (call.numbers[limit] ?? 0) : 0,
            srqn: call.outNumbers[number] ?? 0,
            userHandle: call.has(userHandle) ? (call.objects[userHandle] as bigint) : 0n,
            pd: call.instance(pd) as Instance,
            receives: [],
          };
          admit(
            call,
            [pd, xrcd, cq].filter((one) => call.has(one)).map((one) => call.instance(one) as Instance),
            state,
          );
          return 0;
        },
      },
    ],
    'srq.query': [
      {
        clause: 'srq-query',
        apply: (call) => {
          const state = stateOf(call);
          call.outNumbers[maxWr] = state.maxWr;
          call.outNumbers[maxSge] = state.maxSge;
          call.outNumbers[limit] = state.limit;
          call.outNumbers[number] = state.srqn;
          call.outObjects[userHandle] = state.userHandle;
          return 0;
        },
      },
    ],
    'srq.modify': [
      {
        clause: 'srq-modify-range',
        apply: (call) => {
          if (call.has(maxWr) && (asked(call) === 0 || asked(call) > bound(call, 'max_srq_wr'))) return ERRNO.EINVAL;
          const size = call.has(maxWr) ? granted(call) : stateOf(call).maxWr;
          const armed = call.has(limit) ? (call.numbers[limit] ?? 0) : stateOf(call).limit;
          return armed > size ? ERRNO.EINVAL : 0;
        },
      },
      {
        clause: 'srq-modify-resize',
        apply: (call) => {
          if (call.has(maxWr)) stateOf(call).maxWr = granted(call);
          return 0;
        },
      },
      {
        clause: 'srq-modify',
        apply: (call) => {
          if (call.has(limit)) stateOf(call).limit = call.numbers[limit] ?? 0;
          return 0;
        },
      },
    ],
    'srq.destroy': [
      notUsed('srq-destroy-busy'),
      { clause: 'srq-destroy-count', apply: (call) => ((call.outNumbers[events] = 0), 0) },
      { clause: 'srq-destroy', apply: (call) => (dismiss(call), 0) },
    ],
  };
}
