/** When a run ends early: after the first scenario that does not pass, where that was asked for, or at an interrupt. */
import type { Listener } from './collector.ts';
import type { Scenario } from './features.ts';
import type { Judged } from './outcome.ts';
import type { LiveLine } from './progress.ts';

export class Stopper {
  readonly #failFast: boolean;
  #stopped = false;
  #line: LiveLine | undefined;
  readonly #interrupt = (): void => {
    this.#stopped = true;
    process.stderr.write('\nstopping after this scenario; once more stops at once; --resume goes on later\n');
    this.release();
  };

  constructor(failFast: boolean) {
    this.#failFast = failFast;
    process.once('SIGINT', this.#interrupt);
    process.once('SIGTERM', this.#interrupt);
  }

  stopped(): boolean {
    return this.#stopped;
  }

  /** Gives the signals back their usual meaning. */
  release(): void {
    process.off('SIGINT', this.#interrupt);
    process.off('SIGTERM', this.#interrupt);
  }

  /** A listener that looks at every outcome and passes everything on to the live line. */
  watching(line: LiveLine): Listener {
    this.#line = line;
    return {
      started: (scenario: Scenario) => {
        line.started(scenario);
      },
      finished: (scenario: Scenario, judged: Judged) => {
        const { outcome } = judged.result;
        if (this.#failFast && (outcome === 'failed' || outcome === 'errored')) this.#stopped = true;
        line.finished(scenario, judged);
      },
    };
  }

  /** Takes the live line off the terminal. */
  clear(): void {
    this.#line?.clear();
  }
}
