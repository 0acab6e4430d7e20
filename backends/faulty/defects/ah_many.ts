/** Defects of address handles by the list. */
import { ERRNO } from '../../../spec/errno.ts';
import type { Call } from '../../emulator/core/call.ts';
import { off, replaced, spoiled, wrongErrno, type Defect } from '../defect.ts';

const model = 'ud-srd';
const pipeline = 'pd.create_ahs';
/** Attribute ids of spec/objects/pd.yaml. */
const HANDLES = 2;
const MADE = 3;
const REFUSAL = 4;

export const AH_MANY_DEFECTS: readonly Defect[] = [
  spoiled<Call>('ah-many', 'wrong-value', { story: 'Every path gets the handle of the first.', model }, (call) => {
    const handles = call.outObjects[HANDLES] as readonly number[];
    if (call.outNumbers[REFUSAL] === 0) call.outObjects[HANDLES] = handles.map(() => handles[0] ?? 0);
  }),
  spoiled<Call>(
    'ah-many',
    'leak',
    { story: 'Address handles of a list do not use their protection domain.', model },
    (call) => {
      if (call.target !== undefined) call.target.users -= call.outNumbers[MADE] ?? 0;
    },
  ),
  replaced<Call>(
    'ah-many-stops',
    'wrong-value',
    { story: 'Paths that are refused are passed over, and those behind them are made.', model },
    (inner) => (call) => {
      const errno = inner(call);
      const made = call.outNumbers[MADE] ?? 0;
      if (made > 0 && call.outNumbers[REFUSAL] === ERRNO.EINVAL) {
        call.outNumbers[MADE] = made + 1;
        call.outNumbers[REFUSAL] = 0;
      }
      return errno;
    },
  ),
  spoiled<Call>(
    'ah-many-stops',
    'off',
    { story: 'A full device is not said to be the reason why a list ended.', model, suffix: 'limit' },
    (call) => {
      if ((call.outNumbers[MADE] ?? 0) > 0) call.outNumbers[REFUSAL] = 0;
    },
  ),
  off('ah-many-first', { story: 'A list of which nothing is made succeeds.', model }),
  off('ah-many-count', { story: 'Lists of any length are taken.', model }),
  wrongErrno('ah-many-count', 'ENOSPC', { story: 'A list that is too long lacks room.', model }),
  off('ah-many-room', { story: 'Handles for which there is no room are made and not told.', model }),
  replaced<Call>(
    'ah-create-timeout',
    'off',
    {
      story: 'A list that the device does not answer is taken for made.',
      model,
      pipeline,
      suffix: 'of-a-list',
    },
    () => () => 0,
  ),
  replaced<Call>(
    'ah-atomic-create',
    'state-changed',
    {
      story: 'A list that is refused where nothing may sleep keeps its protection domain in use.',
      model,
      pipeline,
      suffix: 'of-a-list',
    },
    (inner) => (call) => {
      const errno = inner(call);
      if (errno !== 0 && call.target !== undefined) call.target.users += 1;
      return errno;
    },
  ),
];
