/**
 * Deadlines without a timer and without a promise per call: calls sign in and out, one coarse clock looks at those that are
 * still out, and whoever waits for the whole step is told.
 */
import { BackendError } from '../../backends/backend.ts';
import type { Session } from '../../backends/session.ts';

/** A call that is out. */
export interface Pending {
  /** The look before which it began. */
  readonly since: number;
  /** Its ioctl number, or what it is in words. */
  readonly what: number | string;
}

/** Milliseconds between two looks. */
const LOOK_EVERY = 20;

export class Watchdog {
  readonly #deadline: number;
  /** Time is counted in looks: asking the clock at every call would cost as much as many a call. */
  #looks = 0;
  readonly #pending = new Set<Pending>();
  #timer: NodeJS.Timeout | undefined;
  #bark: (error: BackendError) => void = () => undefined;

  /** `deadline`: milliseconds a call may take. */
  constructor(deadline: number) {
    this.#deadline = deadline;
  }

  /** A call begins; `what` names it if it never ends. */
  enter(what: number | string): Pending {
    const pending = { since: this.#looks, what };
    this.#pending.add(pending);
    this.#timer ??= setInterval(() => {
      this.#look();
    }, LOOK_EVERY);
    return pending;
  }

  leave(pending: Pending): void {
    this.#pending.delete(pending);
  }

  /** The outcome of `work`, or BackendError `hang` as soon as one of its calls is overdue. */
  guard<T>(work: () => Promise<T>): Promise<T> {
    return new Promise<T>((resolve, reject) => {
      this.#bark = reject;
      work().then(resolve, reject);
    });
  }

  #look(): void {
    this.#looks += 1;
    for (const pending of this.#pending) {
      if ((this.#looks - pending.since) * LOOK_EVERY <= this.#deadline) continue;
      this.#pending.delete(pending);
      const what = typeof pending.what === 'number' ? `ioctl 0x${pending.what.toString(16)}` : pending.what;
      this.#bark(new BackendError('hang', `${what} did not answer within ${String(this.#deadline)} ms`));
    }
    if (this.#pending.size > 0) return;
    // Starting and stopping a timer costs more than most calls do: it ends itself when a look finds nobody out.
    clearInterval(this.#timer);
    this.#timer = undefined;
  }
}

const watchdogs = new WeakMap<Session, Watchdog>();

/** One for all scenarios of a session: they run one after the other. */
export function watchdogOf(session: Session): Watchdog {
  let watchdog = watchdogs.get(session);
  if (watchdog === undefined) watchdogs.set(session, (watchdog = new Watchdog(session.options.deadline)));
  return watchdog;
}
