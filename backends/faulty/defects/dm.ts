/** Defects of device memory. */
import type { Call } from '../../emulator/core/call.ts';
import { afterwards, off, replaced, stricter, wrongErrno, type Defect } from '../defect.ts';
import { UNENDING } from './uncounted.ts';

/** Attribute id of spec/objects/dm.yaml. */
const LENGTH = 1;
const BLOCK = 64n;

export const DM_DEFECTS: readonly Defect[] = [
  stricter<Call>(
    'dm-create',
    'EINVAL',
    { story: 'Device memory comes in blocks of 64 bytes.', rule: 'dm-create-empty', also: ['dm-create-full'] },
    (call) => (call.objects[LENGTH] as bigint) % BLOCK !== 0n,
  ),
  off('dm-create-empty', { story: 'Device memory of no bytes is allocated.' }),
  off('dm-create-maximum', { story: 'More memory than the device has is refused as if it were in use.' }),
  off('dm-create-alignment', { story: 'Alignments are not looked at.' }),
  wrongErrno('dm-create-alignment', 'ENOMEM', { story: 'An alignment no memory has is a lack of memory.' }),
  off('dm-create-full', { story: 'Device memory is allocated twice over.' }),
  wrongErrno('dm-create-full', 'EINVAL', { story: 'Device memory that is in use is a bad value.' }),
  replaced<Call>(
    'dm-destroy',
    'off',
    {
      story: 'Freeing device memory succeeds and does nothing.',
      also: ['handle-destroyed', 'dm-create-full', ...UNENDING],
    },
    () => () => 0,
  ),
  off('dm-destroy-busy', { story: 'Device memory can be freed under a memory region.' }),
  wrongErrno('dm-destroy-busy', 'EINVAL', { story: 'Device memory in use is a bad value.' }),
  afterwards<Call>('dm-destroy-busy', { story: 'Device memory that cannot be freed is gone all the same.' }, (call) => {
    if (call.target !== undefined) call.context.detach(call.target);
  }),
];
