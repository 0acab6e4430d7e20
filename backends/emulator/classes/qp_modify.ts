/** Modifying queue pairs: value rules, the state table, and the change itself, all or nothing. */
import { ERRNO } from '../../../spec/errno.ts';
import type { Spec, Transition } from '../../../spec/model.ts';
import { bitOf } from '../../../spec/qp_rules.ts';
import type { Call } from '../core/call.ts';
import type { Instance } from '../core/instance.ts';
import type { PortModel } from '../models/model.ts';
import { inFlight } from '../datapath/work.ts';
import type { Rule } from '../rules.ts';
import { idOf } from './ids.ts';
import type { QpState } from './qp_state.ts';

const PSN_MASK = 0xffffff;
const QKEY_PRIVILEGED = 0x80000000;
const { EINVAL, EOPNOTSUPP, EPERM } = ERRNO;

/** Ids 1 to 26 are the modify bits plus one; the RoCE path, an id above 31, shares the bit of the InfiniBand one. */
export function modifyMask(call: Call, roce: number, avBit: number): number {
  return (call.low >>> 1) | ((call.high & roce) !== 0 ? avBit : 0);
}

export function qpOf(call: Call): QpState {
  return (call.target as Instance<QpState>).state;
}

/** Each rule asks first whether it concerns the message, and leaves the rest to a function of its own: short rules cost no call. */
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
  const [av, stateBit] = [bitOf(spec.qp, 'AV'), bitOf(spec.qp, 'STATE')];
  const states = spec.enums['qp_state'] ?? {};
  const [RESET, RTR, RTS, SQD] = [states['RESET'] ?? 0, states['RTR'] ?? 2, states['RTS'] ?? 3, states['SQD'] ?? 4];
  const notify = id('en_sqd_async_notify');
  const number = (call: Call, attribute: number): number => call.numbers[attribute] as number;
  const roceBit = 1 << (roce - 32);
  /** Ids of attributes that are judged or changed together, as bits of the presence word. */
  const READS = (1 << initiator) | (1 << target);
  const PSNS = (1 << rqPsn) | (1 << sqPsn);
  const maskOf = (call: Call): number => modifyMask(call, roceBit, av);
  const nextOf = (call: Call): number => (call.has(state) ? number(call, state) : qpOf(call).state);
  const judged = (call: Call): Transition | undefined => qpOf(call).moves.from[qpOf(call).state]?.[nextOf(call)];
  const hasPath = (call: Call): boolean => call.has(ib) || (call.high & roceBit) !== 0;
  /** The port the queue pair is on, or moves to with this call. */
  const portOf = (call: Call): PortModel | undefined =>
    portAt(call, call.has(port) ? number(call, port) : (qpOf(call).numbers[port] as number));
  const pathPort = (call: Call, path: number): number => Number(call.struct(path)['port'] ?? 0);

  function transportFits(call: Call): boolean {
    return call.has(ib) !== call.has(roce) && call.has(roce) === (portOf(call)?.transport === 'ROCE');
  }

  function pathPortFits(call: Call): boolean {
    const wanted = pathPort(call, call.has(ib) ? ib : roce);
    if (portAt(call, wanted) === undefined) return false;
    if (call.has(port) && wanted !== number(call, port)) return false;
    return nextOf(call) !== RTR || wanted === qpOf(call).numbers[port];
  }

  function pkeyFits(call: Call): boolean {
    const { pkeys = 0 } = portOf(call) ?? portAt(call, 1) ?? {};
    return number(call, pkey) < pkeys;
  }

  const altPathFits = (call: Call): boolean => migrates(portAt(call, pathPort(call, alt))) && migrates(portOf(call));
  const qkeyAllowed = (call: Call): boolean => call.context.privileged || (number(call, qkey) & QKEY_PRIVILEGED) === 0;
  const mtuFits = (call: Call): boolean => number(call, mtu) <= mtuOf(spec, portOf(call));

  function readsFit(call: Call): boolean {
    const { max_qp_init_rd_atom: started = 0, max_qp_rd_atom: served = 0 } = call.device.model.limits;
    if (call.has(initiator) && number(call, initiator) > started) return false;
    return !call.has(target) || number(call, target) <= served;
  }

  function cutPsns(call: Call): 0 {
    for (const psn of [rqPsn, sqPsn]) if (call.has(psn)) call.numbers[psn] = number(call, psn) & PSN_MASK;
    return 0;
  }

  /** States on the way that the core goes, and what says where to. */
  const WAY: ReadonlySet<number> = new Set([RESET, states['INIT'] ?? 1, RTR]);
  const PATH = (1 << ib) | (1 << alt) | (1 << id('dest_qpn')) | (1 << port) | (1 << pkey);
  const redirects = (call: Call): boolean =>
    (call.low & PATH) !== 0 || hasPath(call) || (call.has(state) && WAY.has(number(call, state)));

  return [
    {
      clause: 'cm-qp-modify',
      apply: (call) => (qpOf(call).connection !== undefined && redirects(call) ? EPERM : 0),
    },
    {
      clause: 'qp-modify-driver-attribute',
      apply: (call) => ((maskOf(call) & ~qpOf(call).moves.understood) !== 0 ? EOPNOTSUPP : 0),
    },
    { clause: 'qp-modify-port', apply: (call) => (call.has(port) && portOf(call) === undefined ? EINVAL : 0) },
    { clause: 'qp-modify-path-transport', apply: (call) => (hasPath(call) && !transportFits(call) ? EINVAL : 0) },
    { clause: 'qp-modify-path-port', apply: (call) => (hasPath(call) && !pathPortFits(call) ? EINVAL : 0) },
    { clause: 'qp-modify-alt-path', apply: (call) => (call.has(alt) && !altPathFits(call) ? EINVAL : 0) },
    { clause: 'qp-modify-pkey', apply: (call) => (call.has(pkey) && !pkeyFits(call) ? EINVAL : 0) },
    { clause: 'qp-modify-qkey-privilege', apply: (call) => (call.has(qkey) && !qkeyAllowed(call) ? EPERM : 0) },
    { clause: 'qp-modify-mtu', apply: (call) => (call.has(mtu) && !mtuFits(call) ? EINVAL : 0) },
    { clause: 'qp-modify-rd-atomic', apply: (call) => ((call.low & READS) !== 0 && !readsFit(call) ? EINVAL : 0) },
    {
      clause: 'qp-modify-cur-state',
      apply: (call) => (call.has(curState) && number(call, curState) !== qpOf(call).state ? EINVAL : 0),
    },
    { clause: 'qp-modify-illegal', apply: (call) => (judged(call) === undefined ? EINVAL : 0) },
    {
      clause: 'qp-modify-required',
      apply: (call) => (((judged(call)?.required ?? 0) & ~maskOf(call)) !== 0 ? EINVAL : 0),
    },
    {
      clause: 'qp-modify-foreign',
      apply: (call) => {
        const known = judged(call);
        return known !== undefined && (maskOf(call) & ~(known.required | known.optional | stateBit)) !== 0 ? EINVAL : 0;
      },
    },
    { clause: 'qp-modify-psn', apply: (call) => ((call.low & PSNS) !== 0 ? cutPsns(call) : 0) },
    {
      clause: 'qp-modify-applies',
      apply: (call) => {
        applyNumbers(call, qpOf(call));
        if (hasPath(call) || call.has(alt)) applyPaths(call, [ib, roce, alt]);
        return 0;
      },
    },
    {
      clause: 'qp-modify-accepts',
      apply: (call) => {
        const qp = qpOf(call);
        const next = nextOf(call);
        qp.draining = next === SQD && (qp.state === SQD ? qp.draining : inFlight(qp) > 0);
        qp.state = next;
        return 0;
      },
    },
    { clause: 'qp-modify-reset', apply: (call) => (qpOf(call).state === RESET ? forget(qpOf(call)) : 0) },
    {
      clause: 'sqd-drained-event',
      apply: (call) => {
        const { settled, state: now, numbers } = qpOf(call);
        // Asked for anew each time the queue is drained.
        if (settled === RTS && now === SQD && !call.has(notify)) numbers[notify] = 0;
        return 0;
      },
    },
    {
      clause: 'work-settled',
      apply: (call) => {
        const qp = call.target as Instance<QpState>;
        if (qp.state.settled !== qp.state.state) call.device.work.settle(qp);
        return 0;
      },
    },
  ];
}

function portAt(call: Call, number: number): PortModel | undefined {
  return number < 1 ? undefined : call.device.model.ports[number - 1];
}

/** Copies every number given into the queue pair; what stands at the ids of paths is never looked at. */
function applyNumbers(call: Call, qp: QpState): void {
  const { numbers } = qp;
  for (let rest = call.low; rest !== 0; rest &= rest - 1) {
    const id = 31 - Math.clz32(rest & -rest);
    numbers[id] = call.numbers[id] as number;
  }
}

function applyPaths(call: Call, paths: readonly number[]): void {
  for (const path of paths) if (call.has(path)) qpOf(call).paths.set(path, call.struct(path));
}

function forget(qp: QpState): 0 {
  qp.numbers.fill(0);
  qp.paths.clear();
  qp.draining = false;
  return 0;
}

/** Path migration exists on InfiniBand and OPA alone. */
function migrates(port: PortModel | undefined): boolean {
  return port?.transport === 'IB' || port?.transport === 'OPA';
}

function mtuOf(spec: Spec, port: PortModel | undefined): number {
  return spec.enums['path_mtu']?.[port?.maxMtu ?? ''] ?? 0;
}
