/** Defects of the driver class of the device without queue pairs. */
import { hwContextOf, type HwContextState } from '../../emulator/classes/hw_context.ts';
import type { Call } from '../../emulator/core/call.ts';
import type { Instance } from '../../emulator/core/instance.ts';
import { afterwards, off, spoiled, wrongErrno, type Defect } from '../defect.ts';

const model = 'no-qp';
/** Attribute ids of spec/objects/hw_context.yaml. */
const NUMBER = 2;
const SUBCONTEXTS = 3;
const PKEY = 7;

export const HW_CONTEXT_DEFECTS: readonly Defect[] = [
  off('hw-context-version', { story: 'Callers of any version are served.', model }),
  wrongErrno('hw-context-version', 'EINVAL', { story: 'Another major version is a bad value.', model }),
  spoiled<Call>('hw-context-number', 'wrong-value', { story: 'Numbers are counted in each file.', model }, (call) => {
    call.outNumbers[NUMBER] = [...call.context.instances].length;
  }),
  spoiled<Call>(
    'hw-context-query',
    'wrong-value',
    { story: 'Every context is reported as unshared.', model },
    (call) => {
      call.outNumbers[SUBCONTEXTS] = 0;
    },
  ),
  spoiled<Call>(
    'hw-context-settings',
    'wrong-value',
    { story: 'Of two contexts of a file both get the partition key of the one addressed.', model },
    (call) => {
      const { pkey } = hwContextOf(call);
      const all = [...call.context.instances].filter(({ object }) => object === 'hw_context');
      if (all.length === 2) for (const { state } of all) (state as HwContextState).pkey = pkey;
    },
  ),
  off('hw-context-pkey', { story: 'Any partition key is set.', model }),
  afterwards<Call>(
    'hw-context-pkey',
    { story: 'A partition key of the management is refused and set all the same.', model },
    (call) => {
      (call.target as Instance<HwContextState>).state.pkey = call.numbers[PKEY] ?? 0;
    },
  ),
  off('driver-class-room', { story: 'Hardware contexts are assigned without end.', model }),
  wrongErrno('driver-class-room', 'EBUSY', { story: 'A device without room is busy.', model }),
  off('hw-context-reset', { story: 'A reset does nothing.', model }),
];
