/** Defects in registering and querying memory. */
import type { MrState } from '../../emulator/classes/mr_state.ts';
import type { Call } from '../../emulator/core/call.ts';
import type { Instance } from '../../emulator/core/instance.ts';
import { off, replaced, spoiled, stricter, wrongErrno, type Defect } from '../defect.ts';
import { uncounted } from './uncounted.ts';

/** Attribute ids of spec/objects/mr.yaml. */
const START = 2;
const LENGTH = 3;
const IOVA = 4;
const ACCESS = 5;
const DM = 6;
const LKEY = 7;
const RKEY = 8;
const REMOTE_ATOMIC = 8;
const PAGE = 0x1000n;
const SAME_KEY = 0x101;
/** Above all that the device counts up to. */
const FIRST_KEY = 0x70000000;

const stateOf = (call: Call): MrState => (call.target as Instance<MrState>).state;
const length = (call: Call): bigint => call.objects[LENGTH] as bigint;

/** The keys that were given back last are given out first. */
function keysReused(): Defect {
  const free: MrState[] = [];
  const noting = replaced<Call>('mr-destroy', 'state-changed', { story: 'Keys are remembered.' }, (inner) => (call) => {
    free.push(stateOf(call));
    return inner(call);
  });
  const giving = spoiled<Call>(
    'mr-create-keys',
    'wrong-value',
    { story: 'A new memory region gets the keys of the one deregistered last.' },
    (call) => {
      const last = free.pop();
      if (last === undefined || call.device.rkeys.has(last.rkey)) return;
      call.outNumbers[LKEY] = last.lkey;
      call.outNumbers[RKEY] = last.rkey;
    },
  );
  return {
    ...giving,
    id: 'mr-create-keys-fresh-wrong-value',
    clauses: ['mr-create-keys-fresh'],
    alter: (pipelines) => giving.alter(noting.alter(pipelines)),
  };
}

export const MR_DEFECTS: readonly Defect[] = [
  ...uncounted('mr', 'memory region', ['mr-modify-pd', 'dm-destroy-busy']),
  stricter<Call>(
    'mr-create',
    'EINVAL',
    { story: 'A memory region has no more than three pages.', rule: 'mr-create-empty' },
    (call) => length(call) > 3n * PAGE,
  ),
  stricter<Call>(
    'mr-create',
    'EINVAL',
    {
      story: 'Remote atomics cannot be allowed without all else.',
      rule: 'mr-create-access',
      suffix: 'strict-permissions',
    },
    (call) => call.numbers[ACCESS] === (REMOTE_ATOMIC | 1) && call.has(ACCESS),
  ),
  spoiled<Call>(
    'mr-create-keys',
    'wrong-value',
    { story: 'Every memory region has the same keys.', also: ['mr-create-keys-fresh', 'mw-create-key'] },
    (call) => {
      call.outNumbers[LKEY] = call.outNumbers[RKEY] = SAME_KEY;
    },
  ),
  spoiled<Call>(
    'mr-create-keys',
    'wrong-value',
    { story: 'Keys are counted in each file.', also: ['mr-create-keys-fresh', 'mw-create-key'], suffix: 'per-file' },
    (call) => {
      const mine = [...call.context.instances].filter((instance) => instance.object === 'mr');
      const most = Math.max(0, ...mine.map((instance) => (instance as Instance<MrState>).state.rkey));
      call.outNumbers[LKEY] = call.outNumbers[RKEY] = Math.max(most + 1, FIRST_KEY);
    },
  ),
  keysReused(),
  off('mr-create-access', { story: 'The other side may write to memory that this side may not.' }),
  wrongErrno('mr-create-access', 'EACCES', { story: 'Remote writes alone are a matter of privilege.' }),
  wrongErrno('mr-create-incapable', 'EINVAL', { story: 'What the device cannot do is a bad value.' }),
  off('mr-create-empty', { story: 'Memory regions of no bytes are registered.' }),
  off('mr-create-maximum', { story: 'Memory of any size is registered.' }),
  wrongErrno('mr-create-maximum', 'ENOMEM', { story: 'A region above the maximum is refused for lack of memory.' }),
  off('mr-create-wrap', { story: 'Ranges go on at address 0 after the last one.' }),
  off('mr-create-offset', { story: 'The offset in the page is taken from the start, whatever the iova says.' }),
  wrongErrno('mr-create-offset', 'EFAULT', { story: 'Another offset in the page is a fault.' }),
  off('mr-create-dm-zero-based', { story: 'Device memory is registered at any address.' }),
  off('mr-create-dm-range', { story: 'Registration does not look at the size of the device memory.' }),
  wrongErrno('mr-create-dm-range', 'EFAULT', { story: 'Device memory that is not there is a fault.' }),
  stricter<Call>(
    'mr-create-dm',
    'EINVAL',
    { story: 'Device memory is registered from its beginning alone.', rule: 'mr-create-dm-range' },
    (call) => call.has(DM) && call.objects[START] !== 0n,
  ),
  spoiled<Call>(
    'mr-query',
    'wrong-value',
    { story: 'The iova of every memory region is reported as its start.', also: ['mr-modify'] },
    (call) => {
      call.outObjects[IOVA] = call.outObjects[START];
    },
  ),
  spoiled<Call>(
    'mr-query',
    'wrong-value',
    { story: 'The two keys change places in the report.', also: ['mr-modify'], suffix: 'keys-swapped' },
    (call) => {
      [call.outNumbers[LKEY], call.outNumbers[RKEY]] = [
        call.outNumbers[RKEY] as number,
        call.outNumbers[LKEY] as number,
      ];
    },
  ),
];
