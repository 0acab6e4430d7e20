/**
 * What the driver of an RNIC does in its own way. No connection ever reaches its queue pairs here: they are idle or in ERR, and
 * an idle one is shown as INIT. A move that is neither asked of drivers nor refused changes nothing. Source: spec/objects/qp_iwarp.md.
 */
import { ERRNO } from '../../../spec/errno.ts';
import type { Spec } from '../../../spec/model.ts';
import type { Call } from '../core/call.ts';
import type { Rule } from '../rules.ts';
import { idOf } from './ids.ts';
import { qpModifyRules, qpOf } from './qp_modify.ts';
import { qpQueryRules } from './qp_query.ts';
import { srqRules } from './srq.ts';

/** What the core asks of a modify before it hands it to a driver that has no use for the core's table. */
const OF_THE_CORE: ReadonlySet<string> = new Set(['qp-modify-port']);

export function iwarpRules(spec: Spec): Readonly<Record<string, readonly Rule<Call>[]>> {
  const id = (name: string): number => idOf(spec, 'qp', name);
  const [state, curState, access, rate] = [id('state'), id('cur_state'), id('access_flags'), id('rate_limit')];
  const states = spec.enums['qp_state'] ?? {};
  const [INIT, RTR, RTS, ERR] = [states['INIT'] ?? 1, states['RTR'] ?? 2, states['RTS'] ?? 3, states['ERR'] ?? 6];
  const asksFor = (call: Call, wanted: number): boolean => call.has(state) && call.numbers[state] === wanted;
  const ended = (call: Call): boolean => qpOf(call).state === ERR;
  const enter = (call: Call, next: number): 0 => ((qpOf(call).state = next), 0);
  return {
    'iwarp.qp.modify': [
      ...qpModifyRules(spec).filter(({ clause }) => OF_THE_CORE.has(clause)),
      { clause: 'iwarp-attribute-unknown', apply: (call) => (call.has(rate) ? ERRNO.EOPNOTSUPP : 0) },
      { clause: 'iwarp-connection', apply: (call) => (asksFor(call, RTS) && !ended(call) ? ERRNO.EINVAL : 0) },
      { clause: 'iwarp-error-connection', apply: (call) => (asksFor(call, RTS) && ended(call) ? ERRNO.EINVAL : 0) },
      {
        clause: 'iwarp-nothing',
        apply: (call) => {
          if (call.has(access)) qpOf(call).numbers[access] = call.numbers[access] ?? 0;
          return 0;
        },
      },
      {
        clause: 'iwarp-idle',
        apply: (call) => ((asksFor(call, INIT) || asksFor(call, RTR)) && !ended(call) ? enter(call, INIT) : 0),
      },
      { clause: 'iwarp-error', apply: (call) => (asksFor(call, ERR) ? enter(call, ERR) : 0) },
    ],
    // This driver resizes no shared receive queue, as siw does not.
    'iwarp.srq.modify': [
      { clause: 'srq-modify-resize', apply: (call) => (call.has(idOf(spec, 'srq', 'max_wr')) ? ERRNO.EOPNOTSUPP : 0) },
      ...(srqRules(spec)['srq.modify'] ?? []),
    ],
    'iwarp.qp.query': [
      ...qpQueryRules(spec),
      {
        clause: 'iwarp-state',
        apply: (call) => {
          for (const attribute of [state, curState]) call.outNumbers[attribute] = ended(call) ? ERR : INIT;
          return 0;
        },
      },
    ],
  };
}
