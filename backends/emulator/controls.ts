/** The controls the emulator offers, by action: adding one is adding a row. */
import type { Answer, Control, ControlAction } from '../backend.ts';
import { ERRNO } from '../../spec/errno.ts';
import type { Spec } from '../../spec/model.ts';
import type { SendCompletion } from './classes/qp_hardware.ts';
import type { QpState } from './classes/qp_state.ts';
import type { Emulator } from './emulator.ts';
import { pipelineOf, type Pipelines } from './rules.ts';

/** Controls of one queue pair. */
type OnQueuePair = Extract<Control, { qpn: number }>;
type Handlers = {
  readonly [A in OnQueuePair['action']]: (control: Extract<OnQueuePair, { action: A }>, qp: QpState) => Answer;
};

const DONE: Answer = { ok: true, value: 0 };
const SUCCESS = 'SUCCESS';

export function controlsOf(spec: Spec, emulator: Emulator, pipelines: Pipelines): (control: Control) => Answer {
  const completion = pipelineOf<SendCompletion>(pipelines, 'qp.complete');
  const handlers: Handlers = {
    load_sends: (control, qp) => {
      qp.sendsInFlight += control.count;
      return DONE;
    },
    complete_send: (control, qp) => {
      completion({ device: emulator.device, qp, failed: control.status !== SUCCESS });
      return DONE;
    },
    force_state: (control, qp) => {
      const state = spec.enums['qp_state']?.[control.state];
      if (state === undefined) return { ok: false, errno: ERRNO.EINVAL };
      qp.state = state;
      return DONE;
    },
  };
  return (control) => {
    if (control.action === 'register_driver') {
      const answer = emulator.register(control.device, control.rows);
      return answer < 0 ? { ok: false, errno: -answer } : { ok: true, value: answer };
    }
    const qp = emulator.device.queuePairs.get(control.qpn)?.state;
    if (qp === undefined) return { ok: false, errno: ERRNO.ENOENT };
    return (handlers[control.action] as (control: OnQueuePair, qp: QpState) => Answer)(control, qp);
  };
}

export const CONTROL_ACTIONS: readonly ControlAction[] = ['load_sends', 'complete_send', 'force_state'];
/** Of one ABI alone: in the other no message could reach what a driver adds. */
export const UAPI_ACTIONS: readonly ControlAction[] = ['register_driver'];
