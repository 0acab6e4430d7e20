/** Notification of completions: asked for once, answered once. Source: facts C6; IBTA C11-31, C11-32. */
import type { Spec } from '../../../spec/model.ts';
import type { Call } from '../core/call.ts';
import type { Device } from '../core/device.ts';
import type { Instance } from '../core/instance.ts';
import type { Rule } from '../rules.ts';
import type { CqState } from './cq.ts';
import { idOf } from './ids.ts';

/** A completion that has just been put into a completion queue. */
export interface Completed {
  readonly device: Device;
  readonly cq: Instance<CqState>;
  /** Its work request asked for a solicited event at the other side. */
  readonly solicited: boolean;
  readonly failed: boolean;
  /** Whether it is one that the queue is armed for; found out on the way. */
  wanted: boolean;
}

export function cqNotifyRules(spec: Spec): Readonly<Record<string, readonly Rule<never>[]>> {
  const solicitedOnly = idOf(spec, 'cq', 'solicited_only');
  const asked = (call: Call): CqState['armed'] => (call.numbers[solicitedOnly] === 1 ? 'solicited' : 'next');
  const stateOf = (call: Call): CqState => (call.target as Instance<CqState>).state;
  const arming: readonly Rule<Call>[] = [
    {
      // Armed for every completion stays so: asking for less afterwards takes nothing back.
      clause: 'cq-notify-stronger',
      apply: (call) => {
        if (stateOf(call).armed !== 'next') stateOf(call).armed = asked(call);
        return 0;
      },
    },
    { clause: 'cq-notify', apply: () => 0 },
  ];
  const completing: readonly Rule<Completed>[] = [
    {
      clause: 'cq-notify-solicited',
      apply: (completed) => {
        const { armed } = completed.cq.state;
        completed.wanted = armed === 'next' || (armed === 'solicited' && (completed.solicited || completed.failed));
        return 0;
      },
    },
    {
      clause: 'cq-notify-event',
      apply: ({ device, cq, wanted }) => {
        if (wanted) device.raise({ device, event: 'COMPLETION', source: cq, channels: [] });
        return 0;
      },
    },
    {
      clause: 'cq-notify-once',
      apply: ({ cq, wanted }) => {
        if (wanted) cq.state.armed = 'none';
        return 0;
      },
    },
  ];
  return { 'cq.req_notify': arming, 'cq.complete': completing };
}
