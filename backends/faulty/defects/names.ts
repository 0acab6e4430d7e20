/** Defects of names: of what a device has, and of its driver. */
import type { StructValue } from '../../../spec/abi/abi.ts';
import { nameFields } from '../../../spec/abi/uapi/text.ts';
import type { Call } from '../../emulator/core/call.ts';
import { off, replaced, spoiled, wrongErrno, type Defect } from '../defect.ts';

/** Attribute ids of spec/objects/interface.yaml and device.yaml. */
const CLASS = 3;
const NAMES = 10;
const NUMBER = 14;
const DRIVER_NAME = 31;
const DRIVER_VERSION = 32;
const DRIVER_BIT = 0x8000;
const CQ = 5;

function list(call: Call): readonly StructValue[] {
  return call.outObjects[NAMES] as readonly StructValue[];
}

export const NAME_DEFECTS: readonly Defect[] = [
  spoiled<Call>('discovery-names', 'wrong-order', { story: 'Names are listed backwards.' }, (call) => {
    call.outObjects[NAMES] = list(call).toReversed();
  }),
  spoiled<Call>(
    'discovery-names',
    'off',
    { story: 'Names that a driver registers for its classes are lost.' },
    (call) => {
      if ((call.numbers[CLASS] ?? 0) >= DRIVER_BIT) call.outObjects[NAMES] = [];
    },
  ),
  spoiled<Call>(
    'discovery-find',
    'wrong-value',
    { story: 'Methods are found under the number after theirs.' },
    (call) => {
      if ((call.outNumbers[NUMBER] ?? 0) !== 0) call.outNumbers[NUMBER] = (call.outNumbers[NUMBER] ?? 0) + 1;
    },
  ),
  wrongErrno('discovery-name-unknown', 'ENOENT', { story: 'A name that is not there is a file that is not there.' }),
  off('discovery-name-unknown', { story: 'A name that nobody gave stands for class 0.' }),
  {
    ...spoiled<Call>(
      'discovery-names',
      'off',
      { story: 'The poll of completion queues has no name.', suffix: 'methods' },
      (call) => {
        if (call.numbers[CLASS] === CQ) call.outObjects[NAMES] = list(call).slice(0, 1);
      },
    ),
    id: 'discovery-named-off',
    clauses: ['discovery-named'],
  },
  off('driver-register-names', { story: 'Of two things of one name the first is found.' }),
  wrongErrno('driver-register-names', 'EINVAL', { story: 'A name that is taken is a bad value.' }),
  off('driver-register-named', { story: 'Any text is a name, of anything.' }),
  spoiled<Call>(
    'device-driver',
    'wrong-value',
    { story: 'The minor version of a driver is kept to itself.' },
    (call) => {
      call.outNumbers[DRIVER_VERSION] = (call.outNumbers[DRIVER_VERSION] ?? 0) & 0xffff0000;
    },
  ),
  {
    ...replaced<Call>(
      'device-driver',
      'off',
      { story: 'Drivers that register by themselves have no name.' },
      (inner) => (call) => {
        const errno = inner(call);
        if (call.device.driver.name === 'registered') call.outObjects[DRIVER_NAME] = nameFields('');
        return errno;
      },
    ),
    id: 'device-driver-named-off',
    clauses: ['device-driver-named'],
  },
  {
    ...spoiled<Call>(
      'device-driver',
      'wrong-value',
      { story: 'Files opened while another is open are told the version of the next driver.' },
      (call) => {
        if (call.context.ordinal === 2) call.outNumbers[DRIVER_VERSION] = (call.outNumbers[DRIVER_VERSION] ?? 0) + 1;
      },
    ),
    id: 'device-driver-stable-wrong-value',
    clauses: ['device-driver-stable'],
  },
];
