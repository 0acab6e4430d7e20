/** Defects of multicast groups. */
import { ERRNO } from '../../../spec/errno.ts';
import type { QpState } from '../../emulator/classes/qp_state.ts';
import type { Call } from '../../emulator/core/call.ts';
import type { Context } from '../../emulator/core/context.ts';
import type { Device } from '../../emulator/core/device.ts';
import type { Instance } from '../../emulator/core/instance.ts';
import { afterwards, off, replaced, wrongErrno, type Defect } from '../defect.ts';

const stateOf = (call: Call): QpState => (call.target as Instance<QpState>).state;

/** While another file is open, the groups of one that is closed stay, without members, until the next close. */
function groupsStay(): Defect {
  const left = new WeakMap<Device, string[]>();
  return replaced<Context>(
    'context-close',
    'leak',
    {
      story: 'The groups of a file that is closed count as long as another file is open.',
      clauses: ['mcast-close'],
      suffix: 'groups-stay',
    },
    (inner) => (context) => {
      const { device } = context;
      for (const group of left.get(device) ?? []) device.groups.delete(group);
      const groups = device.openFiles > 0 ? [...device.groups.keys()] : [];
      const errno = inner(context);
      for (const group of groups) if (!device.groups.has(group)) device.groups.set(group, new Set());
      left.set(device, groups);
      return errno;
    },
  );
}

export const MCAST_DEFECTS: readonly Defect[] = [
  replaced<Call>(
    'mcast-attach',
    'over-strict',
    { story: 'A queue pair that is a member already is busy.', also: ['concurrent-share'] },
    (inner) => (call) => {
      const { memberships } = stateOf(call);
      const before = memberships.size;
      const errno = inner(call);
      return errno === 0 && memberships.size === before ? ERRNO.EBUSY : errno;
    },
  ),
  replaced<Call>(
    'mcast-detach',
    'off',
    {
      story: 'A detach succeeds and does nothing.',
      also: ['mcast-attach', 'mcast-detach-unknown', 'mcast-limit', 'mcast-destroy-busy'],
    },
    () => () => 0,
  ),
  off('mcast-type', { story: 'Queue pairs of any type become members.' }),
  wrongErrno('mcast-type', 'EOPNOTSUPP', { story: 'Multicast is not supported by types other than UD.' }),
  off('mcast-gid', { story: 'Any GID names a group.' }),
  off('mcast-limit', { story: 'Groups have any number of members.' }),
  wrongErrno('mcast-limit', 'EINVAL', { story: 'One member too many is a bad value.' }),
  off('mcast-limit-groups', { story: 'Any number of groups have members.' }),
  wrongErrno('mcast-limit-groups', 'EINVAL', { story: 'One group too many is a bad value.' }),
  off('mcast-detach-unknown', { story: 'Leaving a group succeeds for those who are no members.' }),
  wrongErrno('mcast-detach-unknown', 'ENOENT', { story: 'A group one is not in does not exist.' }),
  off('mcast-destroy-busy', { story: 'A member can be destroyed.' }),
  afterwards<Call>('mcast-destroy-busy', { story: 'A destroy that is refused ends the memberships.' }, (call) => {
    call.target?.release?.();
  }),
  groupsStay(),
];
