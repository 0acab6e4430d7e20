/** Creating queue pairs, per type. */
import type { StructValue } from '../../../spec/abi/abi.ts';
import { ERRNO } from '../../../spec/errno.ts';
import type { Spec } from '../../../spec/model.ts';
import { ATTRIBUTE_SLOTS, type Call } from '../core/call.ts';
import type { Instance } from '../core/instance.ts';
import type { Rule } from '../rules.ts';
import { grantedWork } from './granted.ts';
import { idOf } from './ids.ts';
import { admit, withinLimit } from './lifetime.ts';
import { qpCreateMovedRules } from './qp_create_moved.ts';
import type { QpParts, QpState } from './qp_state.ts';
import { compileMoves } from './qp_transitions.ts';
import type { SrqState } from './srq.ts';

const NO_CAP: StructValue = {
  max_send_wr: 0,
  max_recv_wr: 0,
  max_send_sge: 0,
  max_recv_sge: 0,
  max_inline_data: 0,
  reserved: 0,
};
/** cap field -> device limit that bounds it. */
const BOUNDS: Readonly<Record<string, string>> = {
  max_send_wr: 'max_qp_wr',
  max_recv_wr: 'max_qp_wr',
  max_send_sge: 'max_sge',
  max_recv_sge: 'max_sge',
  max_inline_data: 'max_inline_data',
};

/** What becomes of the receive side where a shared receive queue takes its place. */
const NO_RECEIVES = { max_recv_wr: 0, max_recv_sge: 0 };

export function grantedCap(asked: StructValue, limits: Readonly<Record<string, number>>): StructValue {
  const granted: Record<string, number | bigint> = { ...asked };
  for (const field of ['max_send_wr', 'max_recv_wr'])
    granted[field] = grantedWork(Number(asked[field] ?? 0), limits['max_qp_wr'] ?? 0);
  return granted;
}

export function qpCreateRules(spec: Spec): readonly Rule<Call>[] {
  const id = (name: string): number => idOf(spec, 'qp', name);
  const [cap, qpn, userHandle, driverType] = [id('cap'), id('qpn'), id('user_handle'), id('driver_type')];
  const used = (spec.objects['qp']?.uses ?? []).map((use) => id(use.attribute));
  const movesOf = compileMoves(spec);
  const reset = spec.enums['qp_state']?.['RESET'] ?? 0;
  const [srq, table, recvCq] = [id('srq'), id('rwq_ind_tbl'), id('recv_cq')];
  const xrc = spec.enums['srq_type']?.['XRC'];
  const flags = id('create_flags');
  const reportAll = spec.flags['qp_create']?.['SQ_SIG_ALL'] ?? 0;
  const partsOf = (call: Call): QpParts => {
    const part = <T>(name: string): Instance<T> | undefined =>
      call.has(id(name)) ? (call.instance(id(name)) as Instance<T>) : undefined;
    return { pd: part('pd'), sendCq: part('send_cq'), recvCq: part('recv_cq'), srq: part('srq') };
  };
  const capOf = (call: Call): StructValue => (call.has(cap) ? call.struct(cap) : NO_CAP);
  return [
    {
      clause: 'qp-create-raw-privilege',
      apply: (call) => (call.operation.variant === 'RAW_PACKET' && !call.context.privileged ? ERRNO.EPERM : 0),
    },
    {
      clause: 'qp-create-driver-type',
      apply: (call) =>
        call.operation.variant === 'DRIVER' &&
        call.device.model.driverTypes[call.numbers[driverType] ?? 0] === undefined
          ? ERRNO.EOPNOTSUPP
          : 0,
    },
    {
      clause: 'qp-create-srq-type',
      apply: (call) =>
        call.has(srq) && (call.instance(srq) as Instance<SrqState>).state.type === xrc ? ERRNO.EINVAL : 0,
    },
    {
      clause: 'qp-create-table-excludes',
      apply: (call) => {
        const asked = capOf(call);
        const receives = Number(asked['max_recv_wr']) !== 0 || Number(asked['max_recv_sge']) !== 0;
        return call.has(table) && (call.has(recvCq) || call.has(srq) || receives) ? ERRNO.EINVAL : 0;
      },
    },
    {
      clause: 'qp-create-maximum',
      apply: (call) => {
        const asked = call.has(srq) ? { ...capOf(call), ...NO_RECEIVES } : capOf(call);
        for (const field in BOUNDS) {
          if (Number(asked[field] ?? 0) > (call.device.model.limits[BOUNDS[field] ?? ''] ?? 0)) return ERRNO.EINVAL;
        }
        return 0;
      },
    },
    withinLimit('qp', 'max_qp'),
    {
      clause: 'qp-create-granted',
      apply: (call) => ((call.outObjects[cap] = grantedCap(capOf(call), call.device.model.limits)), 0),
    },
    {
      clause: 'qp-create-srq-granted',
      apply: (call) => {
        if (call.has(srq)) call.outObjects[cap] = { ...(call.outObjects[cap] as StructValue), ...NO_RECEIVES };
        return 0;
      },
    },
    { clause: 'qp-create-number', apply: (call) => ((call.outNumbers[qpn] = call.device.takeQpn()), 0) },
    {
      clause: 'qp-create',
      apply: (call) => {
        const variant = call.operation.variant ?? '';
        const state: QpState = {
          qpn: call.outNumbers[qpn] ?? 0,
          type: variant,
          moves: movesOf(
            variant === 'DRIVER' ? (call.device.model.driverTypes[call.numbers[driverType] ?? 0] ?? '') : 'core',
            variant,
          ),
          cap: call.outObjects[cap] as StructValue,
          userHandle: call.has(userHandle) ? (call.objects[userHandle] as bigint) : 0n,
          state: reset,
          numbers: new Uint32Array(ATTRIBUTE_SLOTS),
          paths: new Map(),
          parts: partsOf(call),
          reportsAll: call.has(flags) && ((call.numbers[flags] ?? 0) & reportAll) !== 0,
          sends: [],
          receives: [],
          settled: reset,
          established: false,
          draining: false,
          connection: undefined,
          memberships: new Set(),
        };
        const uses = used
          .filter((attribute) => call.has(attribute))
          .map((attribute) => call.instance(attribute) as Instance);
        const instance = admit(call, uses, state) as Instance<QpState>;
        const { device } = call;
        device.queuePairs.set(state.qpn, instance);
        instance.release = () => {
          device.queuePairs.delete(state.qpn);
          state.sends = [];
          state.receives = [];
        };
        return 0;
      },
    },
    ...qpCreateMovedRules(spec),
  ];
}
