/**
 * Calls that are running while others are made. Only a stalled call ever is: everything else returns at once.
 * A running call holds what it uses, and keeps the device from going.
 */
import { ERRNO } from '../../../spec/errno.ts';
import type { Operation } from '../dispatch_table.ts';
import type { Rule } from '../rules.ts';
import type { Call } from './call.ts';
import type { Context } from './context.ts';
import type { Device } from './device.ts';
import type { Instance } from './instance.ts';

/** What `dispatch` answers for a call that has not returned yet. No errno is negative. */
export const STALLED = -1;

/** The next call of a method that is to be treated differently. */
interface Ambush {
  readonly object: string;
  readonly method: string;
  /** The errno its driver fails with; undefined where it is to stall. */
  readonly errno: number | undefined;
}

/** A call that was let in and stands still. */
interface Stalled {
  readonly context: Context;
  readonly held: readonly Instance[];
  readonly changed: Instance | undefined;
  /** Lets it go on to its end. */
  readonly resume: () => void;
}

export class Running {
  readonly #ambushes: Ambush[] = [];
  #stalled: Stalled[] = [];
  #entering: Omit<Stalled, 'resume'> | undefined;
  #whenIdle: (() => void)[] = [];

  /** Whether anything is different from normal. */
  get active(): boolean {
    return this.#ambushes.length > 0 || this.#stalled.length > 0 || this.#entering !== undefined;
  }

  get count(): number {
    return this.#stalled.length;
  }

  ambush(ambush: Ambush): void {
    this.#ambushes.push(ambush);
  }

  /** Whether this call is the one somebody waits for; it is then let through only once. */
  caught(operation: Operation): Ambush | undefined {
    const at = this.#ambushes.findIndex((one) => one.object === operation.object && one.method === operation.method);
    return at < 0 ? undefined : this.#ambushes.splice(at, 1)[0];
  }

  /** The call takes hold of what it uses and stands still. */
  hold(call: Call): void {
    const held = call.operation.handles.flatMap((slot) => namedBy(call, slot.id));
    const changed = call.alone ? call.target : undefined;
    if (call.target !== undefined && changed === undefined) held.push(call.target);
    for (const instance of held) instance.readers += 1;
    if (changed !== undefined) changed.lockedBy = call.operation.method;
    this.#entering = { context: call.context, held, changed };
  }

  /** How the call that has just been held goes on. */
  then(resume: () => void): void {
    if (this.#entering !== undefined) this.#stalled.push({ ...this.#entering, resume });
    this.#entering = undefined;
  }

  /** Every stalled call goes on, the first one first. How many there were. */
  release(): number {
    const going = this.#stalled;
    this.#stalled = [];
    this.#ambushes.length = 0;
    for (const { held, changed, resume } of going) {
      for (const instance of held) instance.readers -= 1;
      if (changed !== undefined) changed.lockedBy = undefined;
      resume();
    }
    for (const idle of this.#whenIdle.splice(0)) idle();
    return going.length;
  }

  /** Calls `idle` once nothing runs any more. */
  afterwards(idle: () => void): void {
    if (this.#stalled.length === 0) idle();
    else this.#whenIdle.push(idle);
  }
}

/** Whether an object that the call is about or names is held by a call that has it alone. */
function meets(call: Call, held: (by: string) => boolean): boolean {
  const one = (instance: Instance): boolean => instance.lockedBy !== undefined && held(instance.lockedBy);
  return (
    (call.target !== undefined && one(call.target)) ||
    call.operation.handles.some((slot) => namedBy(call, slot.id).some(one))
  );
}

function isUsed({ target }: Call): boolean {
  return target !== undefined && target.readers > 0;
}

function namedBy(call: Call, id: number): Instance[] {
  if (!call.has(id)) return [];
  const named = call.objects[id];
  const list = (Array.isArray(named) ? named : [named]) as readonly unknown[];
  return list.filter((one): one is Instance => typeof one === 'object' && one !== null && 'readers' in one);
}

/** What an admitted call meets on a device that is not as usual. */
export function disturbanceRules(): Readonly<Record<string, readonly Rule<Call>[]>> {
  return {
    // Asked as soon as the method is known.
    'call.admit': [
      {
        clause: 'removal-calls',
        apply: (call) => (call.device.removed && !survivesRemoval(call.operation) ? ERRNO.EIO : 0),
      },
    ],
    // Asked of a call that stood still, before it goes on: whatever began by then does not concern it.
    'call.resume': [{ clause: 'removal-running', apply: () => 0 }],
    // Done for a call whose driver is made to fail: nothing may be left of it.
    'call.failed': [{ clause: 'driver-failure', apply: () => 0 }],
    // Asked once the objects are known.
    'call.hold': [
      { clause: 'concurrent-destroying', apply: (call) => (meets(call, (by) => by === 'destroy') ? ERRNO.EBUSY : 0) },
      { clause: 'concurrent-modifying', apply: (call) => (meets(call, (by) => by !== 'destroy') ? ERRNO.EBUSY : 0) },
      {
        clause: 'concurrent-destroy',
        apply: (call) => (call.operation.method === 'destroy' && isUsed(call) ? ERRNO.EBUSY : 0),
      },
      {
        clause: 'concurrent-modify',
        apply: (call) => (call.alone && call.operation.method !== 'destroy' && isUsed(call) ? ERRNO.EBUSY : 0),
      },
      { clause: 'concurrent-share', apply: () => 0 },
      { clause: 'concurrent-independent', apply: () => 0 },
      // Nothing of a create is known before it has done its work.
      { clause: 'concurrent-create', apply: () => 0 },
    ],
  };
}

/** Destroying what is left of an object, and asking what the kernel offers, have no need of a device. */
function survivesRemoval({ method, object }: Operation): boolean {
  return method === 'destroy' || object === 'interface';
}

/** Marks a device as one to be looked at twice, or as usual again. */
export function note(device: Device): void {
  device.disturbed = device.removed || device.running.active;
}
