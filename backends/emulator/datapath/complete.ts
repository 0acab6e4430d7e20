/** Completions: how one looks, how it enters its queue, and what becomes of it when the queue is full. */
import type { StructValue } from '../../../spec/abi/abi.ts';
import type { Spec } from '../../../spec/model.ts';
import type { CqState } from '../classes/cq.ts';
import type { Device } from '../core/device.ts';
import type { Instance } from '../core/instance.ts';
import type { Rule } from '../rules.ts';
import type { Completion } from './work.ts';

/** One completion on its way into a queue. */
export interface Completing {
  readonly device: Device;
  readonly cq: Instance<CqState>;
  readonly completion: Completion;
}

const EMPTY: StructValue = {
  wr_id: 0n,
  status: 0,
  opcode: 0,
  vendor_err: 0,
  byte_len: 0,
  imm_data: 0,
  qp_num: 0,
  src_qp: 0,
  wc_flags: 0,
  pkey_index: 0,
  slid: 0,
  sl: 0,
  dlid_path_bits: 0,
  port_num: 0,
  reserved: 0,
};

export function recordOf(values: StructValue): StructValue {
  return { ...EMPTY, ...values };
}

/** Rules answer 1 where the completion does not enter the queue. */
export function completeRules(spec: Spec): Readonly<Record<string, readonly Rule<Completing>[]>> {
  const ERR = spec.enums['qp_state']?.['ERR'] ?? 6;
  const full = ({ cq }: Completing): boolean => cq.state.overrun || cq.state.completions.length >= cq.state.cqe;
  return {
    'work.complete': [
      {
        clause: 'cq-overflow-event',
        apply: (completing) => {
          const { device, cq } = completing;
          if (full(completing) && !cq.state.overrun)
            device.raise({ device, event: 'CQ_ERR', source: cq, channels: [] });
          return 0;
        },
      },
      {
        clause: 'cq-overflow-qp',
        apply: (completing) => {
          const { device, cq, completion } = completing;
          if (!full(completing)) return 0;
          cq.state.overrun = true;
          if (completion.source.state.state === ERR) return 1;
          device.raise({ device, event: 'QP_FATAL', source: completion.source, channels: [] });
          device.work.move(completion.source, ERR);
          return 1;
        },
      },
      {
        clause: 'completion-order',
        apply: ({ cq, completion }) => {
          cq.state.completions.push(completion);
          return 0;
        },
      },
    ],
  };
}
