/** What a device does to a queue pair by itself: complete sends, drain, stop on errors. Source: facts A9, IBTA 10.3.1. */
import type { Spec } from '../../../spec/model.ts';
import type { Device } from '../core/device.ts';
import type { Rule } from '../rules.ts';
import type { QpState } from './qp_state.ts';

/** One send work request completing on a device. */
export interface SendCompletion {
  readonly device: Device;
  readonly qp: QpState;
  readonly failed: boolean;
}

/** Types whose failed sends stop the send queue only. */
const STOPS_SEND_QUEUE: ReadonlySet<string> = new Set(['UC', 'UD', 'DRIVER']);
/** Types whose failed sends end the connection. */
const STOPS_QUEUE_PAIR: ReadonlySet<string> = new Set(['RC', 'XRC_INI', 'RAW_PACKET']);

export function qpHardwareRules(spec: Spec): Readonly<Record<string, readonly Rule<SendCompletion>[]>> {
  const states = spec.enums['qp_state'] ?? {};
  const [RTS, SQD, SQE, ERR] = [states['RTS'], states['SQD'], states['SQE'], states['ERR']];
  const enter = (qp: QpState, state: number | undefined): number => {
    if (state !== undefined && (qp.state === RTS || qp.state === SQD)) qp.state = state;
    return 0;
  };
  return {
    'qp.complete': [
      { clause: 'qp-hardware-success', apply: ({ qp }) => ((qp.sendsInFlight = Math.max(0, qp.sendsInFlight - 1)), 0) },
      {
        clause: 'qp-hardware-sqe',
        apply: ({ qp, failed }) => (failed && STOPS_SEND_QUEUE.has(qp.type) ? enter(qp, SQE) : 0),
      },
      {
        clause: 'qp-hardware-err',
        apply: ({ qp, failed }) => (failed && STOPS_QUEUE_PAIR.has(qp.type) ? enter(qp, ERR) : 0),
      },
      {
        clause: 'qp-sqd-drained',
        apply: ({ qp }) => {
          if (qp.sendsInFlight === 0 || qp.state !== SQD) qp.draining = false;
          return 0;
        },
      },
    ],
  };
}
