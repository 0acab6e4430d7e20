/** From the sender to the queue pair that receives, and to the work request it receives by. */
import type { Spec } from '../../../spec/model.ts';
import type { QpState } from '../classes/qp_state.ts';
import { idOf } from '../classes/ids.ts';
import type { Instance } from '../core/instance.ts';
import type { Rule } from '../rules.ts';
import { LOST, NOT_READY, NO_PEER, mannersFor, type Sending } from './sending.ts';

export function routeRules(spec: Spec): readonly Rule<Sending>[] {
  const [destination, qkey] = [idOf(spec, 'qp', 'dest_qpn'), idOf(spec, 'qp', 'qkey')];
  const states = spec.enums['qp_state'] ?? {};
  const receiving = new Set(
    Object.entries(spec.qp.posting.receive).flatMap(([state, outcome]) =>
      outcome === 'processed' ? [states[state]] : [],
    ),
  );
  const [RTR] = [states['RTR']];
  const ready = (sending: Sending, qpn: number): Instance<QpState> | undefined => {
    const found = sending.device.queuePairs.get(qpn);
    return found?.state.type === sending.qp.state.type && receiving.has(found.state.state) ? found : undefined;
  };
  const missing = (sending: Sending): number => (mannersFor(sending).reliable ? NO_PEER : LOST);
  return [
    {
      clause: 'send-connected',
      apply: (sending) => {
        if (mannersFor(sending).datagram) return 0;
        const { qp } = sending;
        const peer = ready(sending, qp.state.numbers[destination] ?? 0);
        sending.peer = peer?.state.numbers[destination] === qp.state.qpn ? peer : undefined;
        return sending.peer === undefined ? missing(sending) : 0;
      },
    },
    {
      clause: 'datagram-address',
      apply: (sending) => {
        if (!mannersFor(sending).datagram) return 0;
        sending.peer = ready(sending, sending.work.destination?.qpn ?? 0);
        return sending.peer === undefined ? missing(sending) : 0;
      },
    },
    {
      clause: 'datagram-qkey',
      apply: (sending) => {
        const { destination: wanted } = sending.work;
        if (wanted === undefined || sending.peer?.state.numbers[qkey] === wanted.qkey) return 0;
        return missing(sending);
      },
    },
    {
      clause: 'comm-established',
      apply: (sending) => {
        const { device, peer } = sending;
        if (mannersFor(sending).datagram || peer === undefined || peer.state.established) return 0;
        peer.state.established = true;
        if (peer.state.state === RTR) device.raise({ device, event: 'COMM_EST', source: peer, channels: [] });
        return 0;
      },
    },
    {
      clause: 'recv-order',
      apply: (sending) => {
        const { state } = sending.peer as Instance<QpState>;
        if (state.parts.srq === undefined) sending.receive = state.receives.shift();
        return 0;
      },
    },
    {
      clause: 'srq-receive',
      apply: (sending) => {
        const { srq } = (sending.peer as Instance<QpState>).state.parts;
        if (srq !== undefined) sending.receive = srq.state.receives.shift();
        return 0;
      },
    },
    {
      clause: 'recv-missing',
      apply: (sending) => (sending.receive !== undefined ? 0 : mannersFor(sending).reliable ? NOT_READY : LOST),
    },
    {
      clause: 'srq-limit-event',
      apply: ({ device, peer }) => {
        const srq = peer?.state.parts.srq;
        if (srq === undefined || srq.state.receives.length >= srq.state.limit) return 0;
        srq.state.limit = 0;
        device.raise({ device, event: 'SRQ_LIMIT_REACHED', source: srq, channels: [] });
        return 0;
      },
    },
  ];
}
