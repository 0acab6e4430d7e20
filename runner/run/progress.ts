/** The live line of a run: how far it is, what failed, what runs now. On a terminal only, at most ten times a second. */
import type { Listener } from './collector.ts';
import type { Scenario } from './features.ts';
import type { Judged } from './outcome.ts';

/** Milliseconds between two lines. */
const EVERY = 100;

export interface Terminal {
  readonly isTTY?: boolean;
  readonly columns?: number;
  write(text: string): unknown;
}

export class LiveLine implements Listener {
  readonly #out: Terminal;
  readonly #label: string;
  readonly #total: number;
  readonly #clock: () => number;
  #done: number;
  #failed = 0;
  #last = Number.NEGATIVE_INFINITY;

  /** `done` scenarios of `total` have an outcome already. `clock` gives milliseconds. */
  constructor(out: Terminal, label: string, total: number, done: number, clock: () => number) {
    this.#out = out;
    this.#label = label;
    this.#total = total;
    this.#done = done;
    this.#clock = clock;
  }

  started(scenario: Scenario): void {
    const now = this.#clock();
    if (this.#out.isTTY !== true || now - this.#last < EVERY) return;
    this.#last = now;
    const failed = this.#failed === 0 ? '' : `, ${String(this.#failed)} not passed`;
    const text = `${this.#label}: ${String(this.#done)}/${String(this.#total)}${failed}  ${scenario.id}`;
    this.#out.write(`\r\u001b[K${text.slice(0, (this.#out.columns ?? 80) - 1)}`);
  }

  finished(_scenario: Scenario, { result }: Judged): void {
    this.#done += 1;
    if (result.outcome !== 'passed' && result.outcome !== 'not-applicable') this.#failed += 1;
  }

  /** Leaves the terminal as it was. */
  clear(): void {
    if (this.#out.isTTY === true && this.#last > Number.NEGATIVE_INFINITY) this.#out.write('\r\u001b[K');
  }
}
