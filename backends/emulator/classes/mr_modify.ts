/** Changing a memory region that lives: another range, another protection domain, other access; all of it or nothing. */
import type { Spec } from '../../../spec/model.ts';
import type { Call } from '../core/call.ts';
import type { Instance } from '../core/instance.ts';
import type { Rule } from '../rules.ts';
import { idOf } from './ids.ts';
import type { MrState } from './mr_state.ts';
import {
  EINVAL,
  EOPNOTSUPP,
  aboveMaximum,
  accessRules,
  emptyRange,
  errnoOf,
  otherOffset,
  wraps,
  type Wanted,
} from './mr_values.ts';

export function mrModifyRules(spec: Spec): readonly Rule<Call>[] {
  const id = (name: string): number => idOf(spec, 'mr', name);
  const [pd, start, length, iova, access] = [id('pd'), id('start'), id('length'), id('iova'), id('access')];
  const [lkey, rkey] = [id('lkey'), id('rkey')];
  const { remoteOnly, incapable } = accessRules(spec);
  const rules = [
    [remoteOnly, EINVAL],
    [incapable, EOPNOTSUPP],
    [wraps, EINVAL],
    [otherOffset, EINVAL],
  ] as const;
  const lengths = [
    [emptyRange, EINVAL],
    [aboveMaximum, EINVAL],
  ] as const;
  const stateOf = (call: Call): MrState => (call.target as Instance<MrState>).state;

  /** The region as it would be. An iova that is not given follows a new start. */
  function wanted(call: Call): Wanted {
    const state = stateOf(call);
    const given = (attribute: number, otherwise: bigint): bigint =>
      call.has(attribute) ? (call.objects[attribute] as bigint) : otherwise;
    const first = given(start, state.start);
    return {
      start: first,
      length: given(length, state.length),
      iova: given(iova, call.has(start) ? first : state.iova),
      access: call.has(access) ? (call.numbers[access] as number) : state.access,
    };
  }

  return [
    {
      clause: 'mr-modify-nothing',
      apply: (call) => ([pd, start, length, iova, access].some((attribute) => call.has(attribute)) ? 0 : EINVAL),
    },
    {
      clause: 'mr-modify-range-whole',
      apply: (call) => (call.has(start) !== call.has(length) || (call.has(iova) && !call.has(start)) ? EINVAL : 0),
    },
    { clause: 'mr-modify-dm', apply: (call) => (stateOf(call).dm === undefined ? 0 : EINVAL) },
    { clause: 'mr-modify-bounds', apply: (call) => errnoOf(wanted(call), call.device, lengths) },
    { clause: 'mr-modify-values', apply: (call) => errnoOf(wanted(call), call.device, rules) },
    {
      clause: 'mr-modify-pd',
      apply: (call) => {
        if (!call.has(pd)) return 0;
        const state = stateOf(call);
        const next = call.instance(pd) as Instance;
        call.context.exchange(call.target as Instance, state.pd, next);
        state.pd = next;
        return 0;
      },
    },
    {
      clause: 'mr-modify',
      apply: (call) => {
        const state = stateOf(call);
        Object.assign(state, wanted(call));
        call.outNumbers[lkey] = state.lkey;
        call.outNumbers[rkey] = state.rkey;
        return 0;
      },
    },
  ];
}
