/** The sender's side of a message: whose address it goes to, the bytes it is made of, how long it may be. */
import type { Spec } from '../../../spec/model.ts';
import type { Rule } from '../rules.ts';
import { read } from './memory.ts';
import { mannersFor, statusesOf, type Sending } from './sending.ts';
import { bytesOf } from './work.ts';

const SMALLEST_MTU = 128;

export function gatherRules(spec: Spec): readonly Rule<Sending>[] {
  const status = statusesOf(spec);
  const mtus = spec.enums['path_mtu'] ?? {};
  return [
    {
      clause: 'send-ah-domain',
      apply: ({ qp, work }) =>
        work.destination !== undefined && work.destination.ah.state.pd !== qp.state.parts.pd
          ? status('LOC_QP_OP_ERR')
          : 0,
    },
    {
      clause: 'send-protection',
      apply: (sending) => {
        if (sending.work.inline !== undefined) return 0;
        const { device, qp, work } = sending;
        for (const piece of work.pieces) {
          const refusal = device.work.reach({ device, pd: qp.state.parts.pd, piece, writes: false });
          if (refusal !== 0) return refusal;
        }
        return 0;
      },
    },
    {
      clause: 'datagram-mtu',
      apply: (sending) => {
        if (!mannersFor(sending).datagram) return 0;
        const { device, work } = sending;
        const port = device.model.ports[(work.destination?.ah.state.port ?? 1) - 1];
        const mtu = SMALLEST_MTU << (mtus[port?.activeMtu ?? ''] ?? 1);
        return (work.inline?.length ?? bytesOf(work.pieces)) > mtu ? status('LOC_LEN_ERR') : 0;
      },
    },
    {
      clause: 'send-data',
      apply: (sending) => {
        const { device, work } = sending;
        if (work.inline !== undefined) {
          sending.bytes = work.inline;
          return 0;
        }
        const bytes = new Uint8Array(bytesOf(work.pieces));
        let at = 0;
        for (const piece of work.pieces) {
          const part = read(device, piece);
          if (part === undefined) return status('LOC_PROT_ERR');
          bytes.set(part, at);
          at += piece.length;
        }
        sending.bytes = bytes;
        return 0;
      },
    },
  ];
}
