/** Defects of device, ports and limits. */
import type { Call } from '../../emulator/core/call.ts';
import { off, spoiled, type Defect } from '../defect.ts';

/** Attribute ids of spec/objects/device.yaml and port.yaml. */
const NODE_GUID = 13;
const ACTIVE_MTU = 4;
const BEYOND_EVERY_MTU = 5;

export const FIXED_DEFECTS: readonly Defect[] = [
  spoiled<Call>('device-query', 'wrong-value', { story: 'The node GUID changes from query to query.' }, (call) => {
    call.outObjects[NODE_GUID] = BigInt(call.device.clock.now);
  }),
  off('device-object-id', { story: 'Every number names the device.' }),
  spoiled<Call>(
    'port-query',
    'wrong-value',
    { story: 'Ports report a larger active MTU than they can have.' },
    (call) => {
      call.outNumbers[ACTIVE_MTU] = BEYOND_EVERY_MTU;
    },
  ),
  off('port-number', { story: 'Ports that do not exist report zeros.' }),
  off('limit-objects', { story: 'Limits of objects are reported and not kept.' }),
];
