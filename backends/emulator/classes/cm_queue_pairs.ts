/** The queue pair of a connection: when it can be taken, how the core brings it to RTS by the path of the route, and what it is afterwards. */
import type { StructValue } from '../../../spec/abi/abi.ts';
import { structOf } from '../../../spec/abi/uapi/values.ts';
import type { Spec } from '../../../spec/model.ts';
import type { CmId, CmPort } from '../core/connections.ts';
import type { Instance } from '../core/instance.ts';
import { idOf } from './ids.ts';
import type { QpState } from './qp_state.ts';

/** What the core chooses for both sides; a program can change what is no part of the path. */
const CHOSEN = {
  timeout: 14,
  retry_cnt: 7,
  rnr_retry: 7,
  min_rnr_timer: 12,
  max_qp_rd_atomic: 1,
  max_dest_rd_atomic: 1,
};
const TYPE = 'RC';
const HOPS = 64;

export interface CmQueuePairs {
  /** Whether a connection on this port can have it. */
  fits(qp: QpState, port: CmPort): boolean;
  take(id: CmId, qp: Instance<QpState>): void;
  /** Brings the queue pair of `id` to RTS, towards that of `peer`. */
  connect(id: CmId, peer: CmId): void;
  /** The connection is over: a queue pair that was connected is in ERR, one that was only promised is as it was. */
  leave(id: CmId): void;
}

export function cmQueuePairs(spec: Spec): CmQueuePairs {
  const attribute = (name: string): number => idOf(spec, 'qp', name);
  const states = spec.enums['qp_state'] ?? {};
  const state = (name: string): number => states[name] ?? -1;
  const [RESET, INIT, ERR] = [state('RESET'), state('INIT'), state('ERR')];
  const port = attribute('port');

  const pathOf = (name: string, id: CmId): StructValue => {
    const empty = structOf(spec, name).fields.map(({ name: field, width }) => [field, width === 8 ? 0n : 0] as const);
    const { port: at, remoteGid } = id;
    const common = { port: at?.number ?? 0, hop_limit: HOPS, dgid_high: remoteGid.high, dgid_low: remoteGid.low };
    const lid = at?.device.model.ports[at.number - 1]?.lid ?? 0;
    return { ...Object.fromEntries(empty), ...common, ...(name === 'path_ib' ? { dlid: lid, is_global: 1 } : {}) };
  };

  return {
    fits: (qp, { number }) =>
      qp.type === TYPE &&
      qp.connection === undefined &&
      (qp.state === RESET || (qp.state === INIT && qp.numbers[port] === number)),
    take(id, qp) {
      id.qp = qp;
      qp.state.connection = id;
    },
    connect(id, peer) {
      const { qp, port: at } = id;
      if (qp === undefined || at === undefined) return;
      const { numbers, paths } = qp.state;
      const model = at.device.model.ports[at.number - 1];
      const path = model?.transport === 'ROCE' ? 'path_roce' : 'path_ib';
      for (const [name, value] of Object.entries(CHOSEN)) numbers[attribute(name)] = value;
      numbers[port] = at.number;
      numbers[attribute('path_mtu')] = spec.enums['path_mtu']?.[model?.activeMtu ?? ''] ?? 0;
      numbers[attribute('dest_qpn')] = peer.qp?.state.qpn ?? 0;
      // Each side counts from its own number, so that what one expects is what the other sends.
      numbers[attribute('sq_psn')] = qp.state.qpn;
      numbers[attribute('rq_psn')] = peer.qp?.state.qpn ?? 0;
      paths.set(attribute(path), pathOf(path, id));
      for (const next of ['INIT', 'RTR', 'RTS']) qp.context.device.work.move(qp, state(next));
    },
    leave(id) {
      const { qp } = id;
      id.qp = undefined;
      if (qp?.state.connection !== id) return;
      qp.state.connection = undefined;
      if (!qp.gone && qp.state.state !== RESET && qp.state.state !== INIT) qp.context.device.work.move(qp, ERR);
    },
  };
}
