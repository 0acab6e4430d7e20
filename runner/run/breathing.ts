/**
 * Lets the event loop turn while a run is busy. A backend in this process answers at once, so that promises alone carry the
 * run from step to step, and neither a signal nor a timer would be heard before its end.
 */
import { setImmediate } from 'node:timers/promises';
import type { Backend } from '../../backends/backend.ts';

/** Milliseconds the loop may stand still. */
const EVERY = 20;

/** The same backend, whose reset, made after each scenario, gives way once in a while. */
export function breathing(backend: Backend): Backend {
  let last = performance.now();
  return {
    describe: () => backend.describe(),
    process: (options) => backend.process(options),
    control: (control) => backend.control(control),
    close: () => backend.close(),
    ...(backend.begin === undefined ? {} : { begin: backend.begin.bind(backend) }),
    ...(backend.settle === undefined ? {} : { settle: backend.settle.bind(backend) }),
    reset: async () => {
      if (performance.now() - last > EVERY) {
        await setImmediate();
        last = performance.now();
      }
      return backend.reset();
    },
  };
}
