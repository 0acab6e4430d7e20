/**
 * How drivers get address handles made and destroyed: some by themselves, some by a command to the device that they sleep for,
 * or poll for where they may not sleep. Source: hw/efa, hw/bnxt_re and hw/irdma as the facts of note 0089 tell them.
 */
import { ERRNO } from '../../../spec/errno.ts';
import type { Call } from '../core/call.ts';
import { mightSleep, sleepable, spend, unanswered } from '../core/consumer.ts';
import type { Rule } from '../rules.ts';

/** Microseconds that a command takes, and after which a driver gives it up. */
const COMMAND = 5;
const PATIENCE = 8_000_000;

/** The rules of create or destroy that come right before its effect. `timeout`: the clause of a command that is not answered. */
export function commandRules(timeout: string): readonly Rule<Call>[] {
  const commanded = ({ device }: Call): boolean => device.model.ahCommands !== 'none';
  const silent = (call: Call): boolean =>
    commanded(call) && call.device.silent.has(`${call.operation.object}.${call.operation.method}`);
  return [
    // Processes are never in a context where nothing may sleep.
    { clause: 'ah-sleepable-user', apply: () => 0 },
    {
      clause: 'ah-atomic-create',
      apply: (call) => (call.device.model.ahCommands === 'slept' && !sleepable(call) ? ERRNO.EOPNOTSUPP : 0),
    },
    {
      clause: 'ah-atomic-sleep',
      apply: (call) => {
        if (commanded(call) && sleepable(call)) mightSleep(call);
        return 0;
      },
    },
    {
      clause: 'ah-atomic-bounded',
      apply: (call) => {
        if (commanded(call)) spend(call, silent(call) ? PATIENCE : COMMAND);
        if (silent(call)) unanswered(call);
        return 0;
      },
    },
    { clause: timeout, apply: (call) => (silent(call) ? ERRNO.ETIMEDOUT : 0) },
  ];
}
