/** The calls that are under way on a connection: who waits for which id, and since when. */
import { BackendError } from '../backend.ts';
import { ANSWERED_BY, type AnsweredBy, type Method } from './messages.ts';

export interface Pending {
  readonly method: Method;
  readonly resolve: (result: never) => void;
  readonly reject: (error: BackendError) => void;
}

interface Entry extends Pending {
  /** The look before which it was sent. */
  readonly since: number;
}

/** Milliseconds between two looks at what is out. Time is counted in looks: a busy client is not a late agent. */
export const LOOK_EVERY = 50;
/** Deadlines within which each is answered: calls to a device may wait, and scenarios have deadlines of their own. */
const DEADLINES: Readonly<Record<AnsweredBy, number>> = { start: 4, agent: 1, device: 12, reset: 1 };
/** Milliseconds more: an agent has ten seconds to end its processes before it says that it cannot. */
const TO_CLEAR = 11_000;

export class UnderWay {
  readonly #deadline: number;
  readonly #entries = new Map<number, Entry>();
  /** Calls that were given up; their answers may still come. */
  readonly #abandoned = new Set<number>();
  #looks = 0;

  /** `deadline`: milliseconds within which an agent answers what needs no device. */
  constructor(deadline: number) {
    this.#deadline = deadline;
  }

  get size(): number {
    return this.#entries.size;
  }

  has(id: number): boolean {
    return this.#entries.has(id);
  }

  add(id: number, { method, resolve, reject }: Pending): void {
    this.#entries.set(id, { method, since: this.#looks, resolve, reject });
  }

  /** Who waits for an answer; `abandoned` where nobody does any more, undefined where nobody ever did. */
  take(id: number): Pending | 'abandoned' | undefined {
    const entry = this.#entries.get(id);
    if (entry === undefined) return this.#abandoned.delete(id) ? 'abandoned' : undefined;
    this.#entries.delete(id);
    return entry;
  }

  /** One look: a call that a device keeps too long is given up alone; of one that the agent itself keeps, the complaint. */
  look(): string | undefined {
    this.#looks += 1;
    for (const [id, { method, since }] of this.#entries) {
      const allowed = this.#looksFor(method);
      if (this.#looks - since <= allowed) continue;
      const why = `not answered within ${String(allowed * LOOK_EVERY)} ms`;
      if (ANSWERED_BY[method] !== 'device') return `${method}: ${why}`;
      this.#abandon(id, why);
    }
    return undefined;
  }

  /** Gives up every call with an id below `before`. */
  giveUp(why: string, before: number): void {
    for (const id of [...this.#entries.keys()]) if (id < before) this.#abandon(id, why);
  }

  /** Nothing will be answered any more; true where somebody hears of it, for whom more than a sign of life was at stake. */
  rejectAll(error: BackendError): boolean {
    const heard = [...this.#entries.values()].some(({ method }) => method !== 'ping');
    for (const { reject } of this.#entries.values()) reject(error);
    this.#entries.clear();
    return heard;
  }

  #abandon(id: number, why: string): void {
    const entry = this.#entries.get(id);
    this.#entries.delete(id);
    this.#abandoned.add(id);
    entry?.reject(new BackendError('hang', `${entry.method}: ${why}`));
  }

  #looksFor(method: Method): number {
    const who = ANSWERED_BY[method];
    const more = who === 'reset' ? TO_CLEAR : 0;
    return Math.ceil((DEADLINES[who] * this.#deadline + more) / LOOK_EVERY);
  }
}
