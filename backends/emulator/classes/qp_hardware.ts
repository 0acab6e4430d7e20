/** What a device does to the state of a queue pair by itself when a send completes. Source: facts A9, IBTA 10.3.1. */
import type { Spec } from '../../../spec/model.ts';
import type { Device } from '../core/device.ts';
import type { Instance } from '../core/instance.ts';
import { inFlight, type SendWork } from '../datapath/work.ts';
import type { Rule } from '../rules.ts';
import type { QpState } from './qp_state.ts';

/** One send work request completing on a device. */
export interface SendCompletion {
  readonly device: Device;
  readonly instance: Instance<QpState>;
  readonly qp: QpState;
  readonly work: SendWork;
  readonly failed: boolean;
}

/** Types whose failed sends stop the send queue only. */
const STOPS_SEND_QUEUE: ReadonlySet<string> = new Set(['UC', 'UD', 'DRIVER']);
/** Types whose failed sends end the connection. */
const STOPS_QUEUE_PAIR: ReadonlySet<string> = new Set(['RC']);

export function qpHardwareRules(spec: Spec): Readonly<Record<string, readonly Rule<SendCompletion>[]>> {
  const states = spec.enums['qp_state'] ?? {};
  const [RTS, SQD, SQE, ERR] = [states['RTS'], states['SQD'], states['SQE'], states['ERR']];
  const enter = ({ device, instance, qp }: SendCompletion, state: number | undefined): number => {
    if (state !== undefined && (qp.state === RTS || qp.state === SQD)) device.work.move(instance, state);
    return 0;
  };
  return {
    'qp.complete': [
      {
        clause: 'qp-hardware-success',
        apply: ({ qp, work }) => ((qp.sends = qp.sends.filter((other) => other !== work)), 0),
      },
      {
        clause: 'qp-hardware-sqe',
        apply: (completion) =>
          completion.failed && STOPS_SEND_QUEUE.has(completion.qp.type) ? enter(completion, SQE) : 0,
      },
      {
        clause: 'qp-hardware-err',
        apply: (completion) =>
          completion.failed && STOPS_QUEUE_PAIR.has(completion.qp.type) ? enter(completion, ERR) : 0,
      },
      {
        clause: 'qp-sqd-drained',
        apply: ({ qp }) => {
          if (inFlight(qp) === 0 || qp.state !== SQD) qp.draining = false;
          return 0;
        },
      },
    ],
  };
}
