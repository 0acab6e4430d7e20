/** Modifying queue pairs: value rules, the state table, and the change itself, all or nothing. */
import { ERRNO } from '../../../spec/errno.ts';
import type { QpTable, Spec } from '../../../spec/model.ts';
import { bitOf } from '../../../spec/qp_rules.ts';
import type { Call } from '../core/call.ts';
import type { Instance } from '../core/instance.ts';
import type { PortModel } from '../models/model.ts';
import type { Rule } from '../rules.ts';
import { idOf } from './ids.ts';
import type { QpState } from './qp_state.ts';
import { compileTransitions } from './qp_transitions.ts';

const PSN_MASK = 0xffffff;
const QKEY_PRIVILEGED = 0x80000000;

/** Ids 1 to 26 are the modify bits plus one; the RoCE path shares the bit of the InfiniBand one. */
export function modifyMask(call: Call, roceId: number, avBit: number): number {
  return ((call.low >>> 1) | (call.has(roceId) ? avBit : 0)) >>> 0;
}

export function qpOf(call: Call): QpState {
  return (call.target as Instance<QpState>).state;
}

export function qpModifyRules(spec: Spec): readonly Rule<Call>[] {
  const id = (name: string): number => idOf(spec, 'qp', name);
  const [state, curState, port, pkey, qkey, mtu] = [
    id('state'),
    id('cur_state'),
    id('port'),
    id('pkey_index'),
    id('qkey'),
    id('path_mtu'),
  ];
  const [ib, roce, alt, rqPsn, sqPsn] = [id('path_ib'), id('path_roce'), id('alt_path_ib'), id('rq_psn'), id('sq_psn')];
  const [initiator, target] = [id('max_qp_rd_atomic'), id('max_dest_rd_atomic')];
  const av = bitOf(spec.qp, 'AV');
  const stateBit = bitOf(spec.qp, 'STATE');
  const states = spec.enums['qp_state'] ?? {};
  const [RESET, RTR, SQD] = [states['RESET'] ?? 0, states['RTR'] ?? 2, states['SQD'] ?? 4];
  const transitions = compileTransitions(spec);
  const tables: Readonly<Record<string, QpTable>> = spec.qp.tables;
  const maskOf = (call: Call): number => modifyMask(call, roce, av);
  const nextOf = (call: Call): number => (call.has(state) ? (call.numbers[state] ?? 0) : qpOf(call).state);
  const judged = (call: Call) => {
    const qp = qpOf(call);
    return transitions.of(qp.table, qp.type, qp.state, nextOf(call));
  };
  const portAt = (call: Call, number: number): PortModel | undefined => call.device.model.ports[number - 1];
  /** The port the queue pair is on, or moves to with this call. */
  const portOf = (call: Call): PortModel | undefined =>
    portAt(call, call.has(port) ? (call.numbers[port] ?? 0) : (qpOf(call).numbers[port] ?? 0));
  const pathPort = (call: Call, path: number): number => Number(call.struct(path)['port'] ?? 0);
  const refuse = (clause: string, wrong: (call: Call) => boolean, errno: number = ERRNO.EINVAL): Rule<Call> => ({
    clause,
    apply: (call) => (wrong(call) ? errno : 0),
  });
  return [
    refuse(
      'qp-modify-driver-attribute',
      (call) => {
        const understood = tables[qpOf(call).table]?.understood;
        return understood !== undefined && (maskOf(call) & ~(understood | stateBit)) !== 0;
      },
      ERRNO.EOPNOTSUPP,
    ),
    refuse('qp-modify-port', (call) => call.has(port) && portAt(call, call.numbers[port] ?? 0) === undefined),
    refuse('qp-modify-path-transport', (call) => {
      if (!call.has(ib) && !call.has(roce)) return false;
      return call.has(ib) === call.has(roce) || call.has(roce) !== (portOf(call)?.transport === 'ROCE');
    }),
    refuse('qp-modify-path-port', (call) => {
      if (!call.has(ib) && !call.has(roce)) return false;
      const wanted = pathPort(call, call.has(ib) ? ib : roce);
      if (portAt(call, wanted) === undefined) return true;
      if (call.has(port) && wanted !== call.numbers[port]) return true;
      return nextOf(call) === RTR && wanted !== qpOf(call).numbers[port];
    }),
    refuse(
      'qp-modify-alt-path',
      (call) => call.has(alt) && !(migrates(portAt(call, pathPort(call, alt))) && migrates(portOf(call))),
    ),
    refuse(
      'qp-modify-pkey',
      (call) => call.has(pkey) && (call.numbers[pkey] ?? 0) >= ((portOf(call) ?? portAt(call, 1))?.pkeys ?? 0),
    ),
    refuse(
      'qp-modify-qkey-privilege',
      (call) => call.has(qkey) && ((call.numbers[qkey] ?? 0) & QKEY_PRIVILEGED) !== 0 && !call.context.privileged,
      ERRNO.EPERM,
    ),
    refuse('qp-modify-mtu', (call) => call.has(mtu) && (call.numbers[mtu] ?? 0) > mtuOf(spec, portOf(call))),
    refuse('qp-modify-rd-atomic', (call) => {
      const { limits } = call.device.model;
      return (
        (call.has(initiator) && (call.numbers[initiator] ?? 0) > (limits['max_qp_init_rd_atom'] ?? 0)) ||
        (call.has(target) && (call.numbers[target] ?? 0) > (limits['max_qp_rd_atom'] ?? 0))
      );
    }),
    refuse('qp-modify-cur-state', (call) => call.has(curState) && call.numbers[curState] !== qpOf(call).state),
    refuse('qp-modify-illegal', (call) => judged(call) === undefined),
    refuse('qp-modify-required', (call) => {
      const required = judged(call)?.required ?? 0;
      return (maskOf(call) & required) !== required;
    }),
    refuse('qp-modify-foreign', (call) => {
      const known = judged(call);
      return known !== undefined && (maskOf(call) & ~(known.required | known.optional | stateBit)) !== 0;
    }),
    {
      clause: 'qp-modify-psn',
      apply: (call) => {
        if (call.has(rqPsn)) call.numbers[rqPsn] = (call.numbers[rqPsn] ?? 0) & PSN_MASK;
        if (call.has(sqPsn)) call.numbers[sqPsn] = (call.numbers[sqPsn] ?? 0) & PSN_MASK;
        return 0;
      },
    },
    {
      clause: 'qp-modify-applies',
      apply: (call) => {
        applyAttributes(call, qpOf(call), [ib, roce, alt]);
        return 0;
      },
    },
    {
      clause: 'qp-modify-accepts',
      apply: (call) => {
        const qp = qpOf(call);
        const next = nextOf(call);
        qp.draining = next === SQD && (qp.state === SQD ? qp.draining : qp.sendsInFlight > 0);
        qp.state = next;
        return 0;
      },
    },
    {
      clause: 'qp-modify-reset',
      apply: (call) => {
        const qp = qpOf(call);
        if (qp.state !== RESET) return 0;
        qp.numbers.fill(0);
        qp.paths.clear();
        qp.sendsInFlight = 0;
        qp.draining = false;
        return 0;
      },
    },
  ];
}

/** Copies every attribute given into the queue pair. */
function applyAttributes(call: Call, qp: QpState, paths: readonly number[]): void {
  for (let rest = call.low; rest !== 0; rest &= rest - 1) {
    const id = 31 - Math.clz32(rest & -rest);
    qp.numbers[id] = call.numbers[id] ?? 0;
  }
  for (const path of paths) if (call.has(path)) qp.paths.set(path, call.struct(path));
}

/** Path migration exists on InfiniBand and OPA alone. */
function migrates(port: PortModel | undefined): boolean {
  return port?.transport === 'IB' || port?.transport === 'OPA';
}

function mtuOf(spec: Spec, port: PortModel | undefined): number {
  return spec.enums['path_mtu']?.[port?.maxMtu ?? ''] ?? 0;
}
