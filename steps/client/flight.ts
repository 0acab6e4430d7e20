/** Calls that may wait: begun, looked at, and awaited no longer than the backend's patience. */
import { setImmediate, setTimeout } from 'node:timers/promises';
import type { Session } from '../../backends/session.ts';

/** A call that is under way. */
export class Flight<T> {
  /** What it returned; undefined as long as it is out. */
  landed: T | undefined;
  readonly #settled: Promise<void>;
  readonly #settle: (() => Promise<void>) | undefined;
  #failure: Error | undefined;

  /** `settle`: of a backend whose answers are on their way for a while (see `Backend`). */
  constructor(promise: Promise<T>, settle?: () => Promise<void>) {
    this.#settle = settle;
    this.#settled = promise.then(
      (value) => {
        this.landed = value;
      },
      (error: unknown) => {
        this.#failure = error instanceof Error ? error : new Error(String(error));
      },
    );
  }

  /** What it returns within `milliseconds`, undefined where it is still out by then. Throws what the call threw. */
  async within(milliseconds: number): Promise<T | undefined> {
    // A backend that answers at once has done so when the tasks that are queued now have run.
    if (milliseconds === 0) await (this.#settle === undefined ? setImmediate() : this.#settle());
    else {
      const bell = new AbortController();
      const late = setTimeout(milliseconds, undefined, { signal: bell.signal }).catch(() => undefined);
      await Promise.race([this.#settled, late]);
      bell.abort();
    }
    if (this.#failure !== undefined) throw this.#failure;
    return this.landed;
  }
}

/** Milliseconds after which a call that is out is waiting. */
export function patience({ description }: Session): number {
  return description.patience;
}

/** Milliseconds in which something that must happen has to happen. */
export function timeToHappen({ description, options }: Session): number {
  return description.patience === 0 ? 0 : options.deadline;
}
