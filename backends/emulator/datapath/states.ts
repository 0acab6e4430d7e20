/** What a change of state means for the work requests of a queue pair. Source: facts A9, IBTA 10.3.1 and 10.8. */
import type { Spec } from '../../../spec/model.ts';
import { idOf } from '../classes/ids.ts';
import type { QpState } from '../classes/qp_state.ts';
import type { Device } from '../core/device.ts';
import type { Instance } from '../core/instance.ts';
import type { Rule } from '../rules.ts';
import { recordOf } from './complete.ts';
import { statusesOf } from './sending.ts';
import { inFlight } from './work.ts';

/** A queue pair that is in another state than before, or has been given work in the one it is in. */
export interface Settling {
  readonly device: Device;
  readonly qp: Instance<QpState>;
  readonly from: number;
}

/** A queue pair whose outstanding work may have ended. */
export interface Draining {
  readonly device: Device;
  readonly qp: Instance<QpState>;
}

export function stateRules(spec: Spec): Readonly<Record<string, readonly Rule<never>[]>> {
  const flushed = statusesOf(spec)('WR_FLUSH_ERR');
  const notify = idOf(spec, 'qp', 'en_sqd_async_notify');
  const states = spec.enums['qp_state'] ?? {};
  const number = (name: string): number => states[name] ?? -1;
  const [RESET, RTS, SQD, SQE, ERR] = ['RESET', 'RTS', 'SQD', 'SQE', 'ERR'].map(number);
  const flush = ({ device, qp }: Settling, queue: 'send' | 'receive'): number => {
    const { state } = qp;
    const works = queue === 'send' ? state.sends : state.receives;
    if (queue === 'send') state.sends = [];
    else state.receives = [];
    for (const { id } of works)
      device.work.report(qp, queue, recordOf({ wr_id: id, status: flushed, qp_num: state.qpn }), false);
    return 0;
  };
  const when = (clause: string, state: number | undefined, act: (settling: Settling) => number): Rule<Settling> => ({
    clause,
    apply: (settling) => (settling.qp.state.state === state ? act(settling) : 0),
  });
  const settled: readonly Rule<Settling>[] = [
    when('reset-work', RESET, ({ qp }) => {
      qp.state.sends = [];
      qp.state.receives = [];
      qp.state.established = false;
      return 0;
    }),
    when('reset-completions', RESET, ({ device, qp }) => (device.work.forget(qp), 0)),
    when('sqe-flush', SQE, (settling) => flush(settling, 'send')),
    when('err-flush-sends', ERR, (settling) => flush(settling, 'send')),
    when('err-flush-receives', ERR, (settling) => flush(settling, 'receive')),
    when('srq-last-work-event', ERR, ({ device, qp, from }) => {
      if (qp.state.parts.srq !== undefined && from !== ERR)
        device.raise({ device, event: 'QP_LAST_WQE_REACHED', source: qp, channels: [] });
      return 0;
    }),
    when('sqd-resume', RTS, ({ qp }) => {
      for (const work of qp.state.sends) work.begun = true;
      return 0;
    }),
    when('sqd-drained-event', SQD, ({ device, qp, from }) => {
      // With nothing in flight the queue has drained at once.
      if (from === RTS && inFlight(qp.state) === 0) device.work.drained(qp);
      return 0;
    }),
  ];
  const drained: readonly Rule<Draining>[] = [
    {
      clause: 'sqd-drained-event',
      apply: ({ device, qp }) => {
        if (qp.state.numbers[notify] === 1) device.raise({ device, event: 'SQ_DRAINED', source: qp, channels: [] });
        return 0;
      },
    },
  ];
  return { 'work.settle': settled, 'work.drained': drained };
}
