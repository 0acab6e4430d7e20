/** Defects of memory windows. */
import type { Call } from '../../emulator/core/call.ts';
import { off, spoiled, stricter, wrongErrno, type Defect } from '../defect.ts';
import { uncounted } from './uncounted.ts';

/** Attribute ids of spec/objects/mw.yaml. */
const TYPE = 2;
const RKEY = 3;
const SAME_KEY = 0x70000001;

export const MW_DEFECTS: readonly Defect[] = [
  ...uncounted('mw', 'memory window'),
  stricter<Call>(
    'mw-create',
    'EINVAL',
    { story: 'Type 2 of memory windows is a bad value.', rule: 'mw-create-type' },
    (call) => call.numbers[TYPE] === 2,
  ),
  spoiled<Call>('mw-create-key', 'wrong-value', { story: 'Every memory window has the same rkey.' }, (call) => {
    call.outNumbers[RKEY] = SAME_KEY;
  }),
  spoiled<Call>(
    'mw-create-key',
    'wrong-value',
    { story: 'A memory window has the rkey of a memory region.', suffix: 'of-a-region' },
    (call) => {
      const [region] = call.device.lkeys.values();
      if (region !== undefined) call.outNumbers[RKEY] = region.state.rkey;
    },
  ),
  off('mw-create-type', { story: 'The type of a memory window is not looked at.' }),
  wrongErrno('mw-create-type', 'EOPNOTSUPP', { story: 'Types that do not exist are not supported.' }),
];
