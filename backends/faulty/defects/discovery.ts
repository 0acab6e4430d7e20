/** Defects of the INTERFACE object. */
import type { StructValue } from '../../../spec/abi/abi.ts';
import type { Call } from '../../emulator/core/call.ts';
import { off, replaced, spoiled, type Defect } from '../defect.ts';

/** Attribute ids of spec/objects/interface.yaml. */
const CLASSES = 2;
const CLASS_COUNT = 1;
const METHOD_COUNT = 4;
const METHODS = 5;
const ATTRIBUTES = 8;

function list(call: Call, id: number): readonly number[] {
  return call.outObjects[id] as readonly number[];
}

export const DISCOVERY_DEFECTS: readonly Defect[] = [
  spoiled<Call>(
    'discovery-classes',
    'wrong-value',
    { story: 'The interface class does not list itself.', also: ['discovery-unknown'] },
    (call) => {
      call.outObjects[CLASSES] = list(call, CLASSES).slice(1);
    },
  ),
  spoiled<Call>(
    'discovery-classes',
    'wrong-order',
    { story: 'Classes are listed in the order of registration.' },
    (call) => {
      call.outObjects[CLASSES] = list(call, CLASSES).toReversed();
    },
  ),
  spoiled<Call>(
    'discovery-methods',
    'wrong-value',
    { story: 'The last method of a class is missing from its list.', also: ['discovery-unknown'] },
    (call) => {
      call.outObjects[METHODS] = list(call, METHODS).slice(0, -1);
    },
  ),
  spoiled<Call>(
    'discovery-attributes',
    'wrong-value',
    { story: 'The last attribute of a method is missing from its list.', also: ['discovery-records'] },
    (call) => {
      call.outObjects[ATTRIBUTES] = (call.outObjects[ATTRIBUTES] as readonly StructValue[]).slice(0, -1);
    },
  ),
  {
    ...spoiled<Call>(
      'discovery-attributes',
      'wrong-value',
      { story: 'Every attribute is said to be optional.' },
      (call) => {
        call.outObjects[ATTRIBUTES] = (call.outObjects[ATTRIBUTES] as readonly StructValue[]).map((record) => ({
          ...record,
          required: 0,
        }));
      },
    ),
    id: 'discovery-records-wrong-value',
    clauses: ['discovery-records'],
  },
  spoiled<Call>(
    'discovery-counts',
    'wrong-value',
    { story: 'Counts of methods and classes are one too high.' },
    (call) => {
      for (const id of [CLASS_COUNT, METHOD_COUNT]) call.outNumbers[id] = (call.outNumbers[id] ?? 0) + 1;
    },
  ),
  off('discovery-room', { story: 'A list that does not fit is cut off, and the call succeeds.' }),
  off('discovery-unknown', { story: 'What is not supported has empty lists.' }),
  replaced<Call>(
    'discovery-classes',
    'wrong-value',
    {
      story: 'Files opened while another is open do not see the last class.',
      clauses: ['discovery-stable'],
      suffix: 'first-file-only',
    },
    (inner) => (call) => {
      const errno = inner(call);
      if (call.context.ordinal > 1) call.outObjects[CLASSES] = list(call, CLASSES).slice(0, -1);
      return errno;
    },
  ),
];
