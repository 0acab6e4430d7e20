/** Memory regions: registered over memory of the process or of the device, queried, changed, deregistered. */
import type { Spec } from '../../../spec/model.ts';
import type { Call } from '../core/call.ts';
import type { Instance } from '../core/instance.ts';
import type { Rule } from '../rules.ts';
import type { DmState } from './dm.ts';
import { idOf } from './ids.ts';
import { admit, dismiss, named, withinLimit } from './lifetime.ts';
import { mrModifyRules } from './mr_modify.ts';
import type { MrState } from './mr_state.ts';
import {
  EINVAL,
  EOPNOTSUPP,
  aboveMaximum,
  accessRules,
  emptyRange,
  otherOffset,
  wraps,
  type Wanted,
  type Wrong,
} from './mr_values.ts';

export function mrOf(call: Call): MrState {
  return (call.target as Instance<MrState>).state;
}

export function mrRules(spec: Spec): Readonly<Record<string, readonly Rule<Call>[]>> {
  const id = (name: string): number => idOf(spec, 'mr', name);
  const [pd, dm, start, length] = [id('pd'), id('dm'), id('start'), id('length')];
  const [iova, access, lkey, rkey] = [id('iova'), id('access'), id('lkey'), id('rkey')];
  const zeroBased = spec.flags['mr_access']?.['ZERO_BASED'] ?? 0;
  const { remoteOnly, incapable } = accessRules(spec);
  const wide = (call: Call, attribute: number): bigint =>
    call.has(attribute) ? (call.objects[attribute] as bigint) : 0n;

  /** Without an iova, memory of the process goes by its own addresses, and device memory from 0. */
  function wanted(call: Call): Wanted {
    const first = wide(call, start);
    const otherwise = call.has(dm) ? 0n : first;
    return {
      start: first,
      length: wide(call, length),
      iova: call.has(iova) ? wide(call, iova) : otherwise,
      access: call.has(access) ? (call.numbers[access] as number) : 0,
    };
  }

  const refuse = (clause: string, errno: number, wrong: Wrong): Rule<Call> => ({
    clause,
    apply: (call) => (wrong(wanted(call), call.device) ? errno : 0),
  });

  function outsideMemory(call: Call): boolean {
    const { length: size } = (call.instance(dm) as Instance<DmState>).state;
    return wide(call, start) + wide(call, length) > size;
  }

  return {
    'mr.create': [
      refuse('mr-create-access', EINVAL, remoteOnly),
      refuse('mr-create-incapable', EOPNOTSUPP, incapable),
      refuse('mr-create-empty', EINVAL, emptyRange),
      refuse('mr-create-maximum', EINVAL, aboveMaximum),
      refuse('mr-create-wrap', EINVAL, wraps),
      {
        clause: 'mr-create-offset',
        apply: (call) => (!call.has(dm) && otherOffset(wanted(call), call.device) ? EINVAL : 0),
      },
      {
        clause: 'mr-create-dm-zero-based',
        apply: (call) =>
          call.has(dm) && ((wanted(call).access & zeroBased) === 0 || wanted(call).iova !== 0n) ? EINVAL : 0,
      },
      { clause: 'mr-create-dm-range', apply: (call) => (call.has(dm) && outsideMemory(call) ? EINVAL : 0) },
      withinLimit('mr', 'max_mr'),
      {
        clause: 'mr-create-keys',
        apply: (call) => {
          call.outNumbers[lkey] = call.device.takeKey();
          call.outNumbers[rkey] = call.device.takeKey();
          return 0;
        },
      },
      {
        clause: 'mr-create',
        apply: (call) => {
          const memory = call.has(dm) ? call.instance(dm) : undefined;
          const keys = { lkey: call.outNumbers[lkey] as number, rkey: call.outNumbers[rkey] as number };
          const state: MrState = {
            ...wanted(call),
            ...keys,
            pd: call.instance(pd) as Instance,
            dm: memory,
            memory: call.process?.memory,
          };
          const instance = admit(call, named(call, [pd, dm]), state) as Instance<MrState>;
          const { lkeys, rkeys } = call.device;
          lkeys.set(keys.lkey, instance);
          rkeys.set(keys.rkey, instance);
          instance.release = () => {
            lkeys.delete(keys.lkey);
            rkeys.delete(keys.rkey);
          };
          return 0;
        },
      },
    ],
    // A region of the kernel: without memory until a work request gives it some.
    'kernel.alloc_mr': [
      withinLimit('mr', 'max_mr'),
      {
        clause: 'kernel-mr-keys',
        apply: (call) => {
          call.outNumbers[lkey] = call.outNumbers[rkey] = call.device.takeKey();
          return 0;
        },
      },
      {
        clause: 'kernel-mr',
        apply: (call) => {
          const keys = { lkey: call.outNumbers[lkey] as number, rkey: call.outNumbers[rkey] as number };
          const nothing = { start: 0n, length: 0n, iova: 0n, access: 0, dm: undefined, memory: undefined };
          const state: MrState = { ...nothing, ...keys, pd: call.instance(pd) as Instance };
          admit(call, named(call, [pd]), state);
          return 0;
        },
      },
    ],
    'mr.query': [
      {
        clause: 'mr-query',
        apply: (call) => {
          const state = mrOf(call);
          call.outObjects[start] = state.start;
          call.outObjects[length] = state.length;
          call.outObjects[iova] = state.iova;
          call.outNumbers[access] = state.access;
          call.outNumbers[lkey] = state.lkey;
          call.outNumbers[rkey] = state.rkey;
          return 0;
        },
      },
    ],
    'mr.modify': mrModifyRules(spec),
    'mr.destroy': [{ clause: 'mr-destroy', apply: (call) => (dismiss(call), 0) }],
  };
}
