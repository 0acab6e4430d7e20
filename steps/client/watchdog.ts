/** Deadlines without a timer per call: one coarse clock looks at the calls that are still out. */
import { BackendError } from '../../backends/backend.ts';

interface Pending {
  readonly due: number;
  readonly what: () => string;
  readonly fail: (error: BackendError) => void;
}

const LOOK_EVERY = 20;

export class Watchdog {
  readonly #deadline: number;
  readonly #pending = new Set<Pending>();
  #timer: NodeJS.Timeout | undefined;

  /** `deadline`: milliseconds. */
  constructor(deadline: number) {
    this.#deadline = deadline;
  }

  /** The promise's own outcome, or BackendError `hang` when it takes longer than the deadline. */
  watch<T>(promise: Promise<T>, what: () => string): Promise<T> {
    return new Promise<T>((resolve, reject) => {
      const pending: Pending = { due: performance.now() + this.#deadline, what, fail: reject };
      this.#pending.add(pending);
      this.#timer ??= setInterval(() => {
        this.#look();
      }, LOOK_EVERY);
      const settle = (): void => {
        this.#pending.delete(pending);
        if (this.#pending.size === 0) this.#stop();
      };
      promise.then(
        (value) => {
          settle();
          resolve(value);
        },
        (error: unknown) => {
          settle();
          reject(error instanceof Error ? error : new Error(String(error)));
        },
      );
    });
  }

  #look(): void {
    const now = performance.now();
    for (const pending of this.#pending) {
      if (pending.due > now) continue;
      this.#pending.delete(pending);
      pending.fail(new BackendError('hang', `${pending.what()} did not answer within ${String(this.#deadline)} ms`));
    }
    if (this.#pending.size === 0) this.#stop();
  }

  #stop(): void {
    clearInterval(this.#timer);
    this.#timer = undefined;
  }
}
