/**
 * Consumers inside the kernel: they call operations directly, sometimes where nothing may sleep.
 * Drivers say here what a kernel would notice by itself: that they sleep, and how long they spin.
 */
import type { Call } from './call.ts';

export interface Consumer {
  /** True in a context where sleeping is a bug: under a spinlock, in an interrupt. */
  readonly atomic: boolean;
  /** The flag the consumer passes: whether the operation may sleep. */
  readonly sleepable: boolean;
  /** How often the driver slept in an atomic context: what a may-sleep check reports. */
  violations: number;
  microseconds: number;
  /** Commands of the call that the device left unanswered. */
  unanswered: number;
}

/** Whether the call may sleep: processes always may. */
export function sleepable(call: Call): boolean {
  return call.consumer?.sleepable !== false;
}

/** The driver sleeps, or could. Source: Linux might_sleep(), which reports the place and goes on. */
export function mightSleep(call: Call): void {
  if (call.consumer?.atomic === true) call.consumer.violations += 1;
}

/** The device leaves a command unanswered. */
export function unanswered(call: Call): void {
  if (call.consumer !== undefined) call.consumer.unanswered += 1;
}

/** The driver spins, or sleeps, for this long. */
export function spend(call: Call, microseconds: number): void {
  if (call.consumer !== undefined) call.consumer.microseconds += microseconds;
}
