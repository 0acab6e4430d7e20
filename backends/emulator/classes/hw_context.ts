/** The driver class of the device without queue pairs: core services (handles, close, counts) hold for it unchanged. */
import { ERRNO } from '../../../spec/errno.ts';
import type { Spec } from '../../../spec/model.ts';
import type { Call } from '../core/call.ts';
import type { Instance } from '../core/instance.ts';
import type { Rule } from '../rules.ts';
import { idOf } from './ids.ts';
import { admit, dismiss } from './lifetime.ts';

/** Major version of the driver's user interface; another one is ENODEV, as the driver it is modelled on answers. */
const VERSION = 6;
const CONTEXTS = 32;

export function hwContextRules(spec: Spec): Readonly<Record<string, readonly Rule<Call>[]>> {
  const version = idOf(spec, 'hw_context', 'user_version');
  const number = idOf(spec, 'hw_context', 'context_number');
  return {
    'hw_context.create': [
      { clause: 'limit-objects', apply: (call) => (call.device.counted('hw_context') >= CONTEXTS ? ERRNO.ENOMEM : 0) },
      { clause: 'driver-class', apply: (call) => (call.numbers[version] === VERSION ? 0 : ERRNO.ENODEV) },
      {
        clause: 'driver-class',
        apply: (call) => {
          call.outNumbers[number] = call.device.counted('hw_context');
          admit(call, [], call.outNumbers[number]);
          return 0;
        },
      },
    ],
    'hw_context.query': [
      {
        clause: 'driver-class',
        apply: (call) => ((call.outNumbers[number] = (call.target as Instance<number>).state), 0),
      },
    ],
    'hw_context.destroy': [{ clause: 'driver-class', apply: (call) => (dismiss(call), 0) }],
  };
}
