/** What a driver registered by control does in its own operations: as little as shows that the core's services are there. */
import { ERRNO, type ErrnoName } from '../../../spec/errno.ts';
import type { Call } from '../core/call.ts';
import type { Instance } from '../core/instance.ts';
import type { Rule } from '../rules.ts';
import { admit, dismiss, notUsed } from './lifetime.ts';

/** Gives back in each driver attribute what came in with it. */
const ECHO: Rule<Call> = {
  clause: 'driver-attribute',
  apply: (call) => {
    for (const slot of call.operation.slots) {
      if (slot?.output === true && slot.driver !== 0) call.outNumbers[slot.id] = call.numbers[slot.id] ?? 0;
    }
    return 0;
  },
};

/** Every object that the call names. */
function named(call: Call): Instance[] {
  return call.operation.handles.filter((slot) => call.has(slot.id)).map((slot) => call.instance(slot.id) as Instance);
}

export function driverRules(): Readonly<Record<string, readonly Rule<Call>[]>> {
  return {
    'driver.create': [{ clause: 'driver-uses', apply: (call) => (admit(call, named(call), undefined), 0) }, ECHO],
    'driver.destroy': [notUsed('driver-class'), { clause: 'driver-class', apply: (call) => (dismiss(call), 0) }],
    'driver.call': [ECHO],
  };
}

const refusals = new Map<string, readonly Rule<Call>[]>();

/** An operation that refuses every call; the same one for each errno. */
export function refusing(errno: string): readonly Rule<Call>[] {
  let rules = refusals.get(errno);
  if (rules === undefined) {
    const number = ERRNO[errno as ErrnoName];
    refusals.set(errno, (rules = [{ clause: 'driver-override', apply: () => number }]));
  }
  return rules;
}
