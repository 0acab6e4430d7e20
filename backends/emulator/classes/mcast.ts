/**
 * Multicast groups of a device and the queue pairs in them. A group is there while it has members; a queue pair that goes
 * leaves its groups, but cannot be destroyed by a call while it is in one.
 */
import { ERRNO } from '../../../spec/errno.ts';
import type { Spec } from '../../../spec/model.ts';
import type { Call } from '../core/call.ts';
import type { Device } from '../core/device.ts';
import type { Instance } from '../core/instance.ts';
import type { Rule } from '../rules.ts';
import { idOf } from './ids.ts';
import type { QpState } from './qp_state.ts';

/** Types that send and receive datagrams to more than one. */
const TYPES: ReadonlySet<string> = new Set(['UD']);
const { EBUSY, EINVAL, ENOMEM } = ERRNO;
const NOBODY: ReadonlySet<Instance<QpState>> = new Set();

const qpOf = (call: Call): Instance<QpState> => call.target as Instance<QpState>;

/** EBUSY while the target is a member of a group. */
export function notAttached(clause: string): Rule<Call> {
  return { clause, apply: (call) => (qpOf(call).state.memberships.size > 0 ? EBUSY : 0) };
}

/** A membership is a GID and a LID; the group is the GID alone. */
const groupOf = (membership: string): string => membership.split(' ')[0] ?? '';

function membersOf({ groups }: Device, membership: string): ReadonlySet<Instance<QpState>> {
  return groups.get(groupOf(membership)) ?? NOBODY;
}

export function join(device: Device, qp: Instance<QpState>, membership: string): void {
  const group = groupOf(membership);
  const members = device.groups.get(group);
  if (members === undefined) device.groups.set(group, new Set([qp]));
  else members.add(qp);
  qp.state.memberships.add(membership);
  qp.release = () => {
    for (const one of qp.state.memberships) leave(device, qp, one);
  };
}

function leave(device: Device, qp: Instance<QpState>, membership: string): void {
  const group = groupOf(membership);
  qp.state.memberships.delete(membership);
  if ([...qp.state.memberships].some((other) => groupOf(other) === group)) return;
  const members = device.groups.get(group);
  members?.delete(qp);
  if (members?.size === 0) device.groups.delete(group);
}

export function mcastRules(spec: Spec): Readonly<Record<string, readonly Rule<Call>[]>> {
  const id = (name: string): number => idOf(spec, 'qp', name);
  const [high, low, mlid] = [id('gid_high'), id('gid_low'), id('mlid')];
  const half = (call: Call, attribute: number): bigint =>
    call.has(attribute) ? (call.objects[attribute] as bigint) : 0n;
  const membership = (call: Call): string =>
    `${half(call, high).toString(16)}:${half(call, low).toString(16)} ${String(call.numbers[mlid])}`;
  const isMember = (call: Call): boolean => qpOf(call).state.memberships.has(membership(call));
  const limit = (call: Call, name: string): number => call.device.model.limits[name] ?? 0;
  const shared: readonly Rule<Call>[] = [
    { clause: 'mcast-type', apply: (call) => (TYPES.has(qpOf(call).state.type) ? 0 : EINVAL) },
    { clause: 'mcast-gid', apply: (call) => (half(call, high) >> 56n === 0xffn ? 0 : EINVAL) },
  ];

  /** No room for one more member. */
  function full(call: Call): boolean {
    const members = membersOf(call.device, membership(call));
    return !members.has(qpOf(call)) && members.size >= limit(call, 'max_mcast_qp_attach');
  }

  /** No room for one more group. */
  function crowded(call: Call): boolean {
    const isNew = membersOf(call.device, membership(call)).size === 0;
    return isNew && call.device.groups.size >= limit(call, 'max_mcast_grp');
  }

  return {
    'qp.attach_mcast': [
      ...shared,
      { clause: 'mcast-limit', apply: (call) => (full(call) ? ENOMEM : 0) },
      { clause: 'mcast-limit-groups', apply: (call) => (crowded(call) ? ENOMEM : 0) },
      {
        clause: 'mcast-attach',
        apply: (call) => {
          if (!isMember(call)) join(call.device, qpOf(call), membership(call));
          return 0;
        },
      },
    ],
    'qp.detach_mcast': [
      ...shared,
      { clause: 'mcast-detach-unknown', apply: (call) => (isMember(call) ? 0 : EINVAL) },
      { clause: 'mcast-detach', apply: (call) => (leave(call.device, qpOf(call), membership(call)), 0) },
    ],
  };
}
