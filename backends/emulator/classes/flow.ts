/** Flow rules and the counter sets they count in. */
import { ERRNO } from '../../../spec/errno.ts';
import type { Spec } from '../../../spec/model.ts';
import type { Call } from '../core/call.ts';
import type { Instance } from '../core/instance.ts';
import type { Rule } from '../rules.ts';
import { idOf } from './ids.ts';
import { admit, dismiss, notUsed, withinLimit } from './lifetime.ts';

const COUNTER_BYTES = 8;

export interface CountersState {
  packets: bigint;
  bytes: bigint;
}

export function flowRules(spec: Spec): Readonly<Record<string, readonly Rule<Call>[]>> {
  const id = (name: string): number => idOf(spec, 'flow', name);
  const [qp, port, type, flags, counters] = [id('qp'), id('port'), id('type'), id('flags'), id('counters')];
  const welcome = new Set(spec.objects['flow']?.attributes['qp']?.variants);
  const types = spec.enums['flow_type'] ?? {};
  const byDefault = new Set([types['ALL_DEFAULT'], types['MC_DEFAULT']]);
  const dontTrap = spec.flags['flow']?.['DONT_TRAP'] ?? 0;
  return {
    'flow.create': [
      { clause: 'flow-create-privilege', apply: (call) => (call.context.privileged ? 0 : ERRNO.EPERM) },
      {
        clause: 'flow-create-dont-trap',
        apply: (call) =>
          call.has(flags) && ((call.numbers[flags] ?? 0) & dontTrap) !== 0 && byDefault.has(call.numbers[type])
            ? ERRNO.EINVAL
            : 0,
      },
      {
        clause: 'flow-create-port',
        apply: (call) => (call.device.model.ports[(call.numbers[port] ?? 0) - 1] === undefined ? ERRNO.EINVAL : 0),
      },
      {
        clause: 'flow-create-qp-type',
        apply: (call) => (welcome.has(call.instance(qp)?.variant ?? '') ? 0 : ERRNO.EINVAL),
      },
      withinLimit('flow', 'max_flow'),
      {
        clause: 'flow-create',
        apply: (call) => {
          const used = [qp, counters].filter((one) => call.has(one)).map((one) => call.instance(one) as Instance);
          admit(call, used, undefined);
          return 0;
        },
      },
    ],
    'flow.destroy': [{ clause: 'flow-destroy', apply: (call) => (dismiss(call), 0) }],
  };
}

export function countersRules(spec: Spec): Readonly<Record<string, readonly Rule<Call>[]>> {
  const [values, count] = [idOf(spec, 'counters', 'values'), idOf(spec, 'counters', 'count')];
  return {
    'counters.create': [
      withinLimit('counters', 'max_counters'),
      {
        clause: 'counters-create',
        apply: (call) => {
          const state: CountersState = { packets: 0n, bytes: 0n };
          admit(call, [], state);
          return 0;
        },
      },
    ],
    'counters.destroy': [
      notUsed('counters-destroy-busy'),
      { clause: 'counters-destroy', apply: (call) => (dismiss(call), 0) },
    ],
    'counters.read': [
      {
        clause: 'counters-read-unattached',
        apply: (call) => ((call.target as Instance).users === 0 ? ERRNO.EINVAL : 0),
      },
      {
        clause: 'counters-read',
        apply: (call) => {
          const { packets, bytes } = (call.target as Instance<CountersState>).state;
          const all = [packets, bytes];
          call.outObjects[values] = all;
          call.outNumbers[count] = all.length;
          return 0;
        },
      },
      {
        clause: 'counters-read-room',
        apply: (call) => {
          const needed = COUNTER_BYTES * (call.outObjects[values] as readonly bigint[]).length;
          return call.wants(values) && needed > (call.room[values] ?? 0) ? ERRNO.ENOSPC : 0;
        },
      },
    ],
  };
}
