/**
 * A Linux driver as it was shipped, in a guest, reached through the agent. Whatever leaves the kernel other than it was
 * found costs the guest: the next scenario gets a fresh one (decision 0120).
 */
import type { Backend, Control, Description, ResetReport } from '../backend.ts';
import { daemonBackend } from '../daemon/client.ts';
import type { Link } from '../daemon/link.ts';
import { lastWords } from './console.ts';
import { within } from './deadline.ts';
import { openGuest, type Guest } from './guest.ts';
import type { Driver, Series } from './kernels.ts';

/** Milliseconds within which the agent answers what needs no device, on a machine that has much else to do. */
const DEADLINE = 10_000;
/** Milliseconds that a guest whose agent is lost has to end by itself, so that its last words are heard. */
const DYING = 3000;

/** Controls after which the driver is what it was before. */
const HARMLESS: ReadonlySet<Control['action']> = new Set(['kernel_call', 'raise_event', 'release']);

/** `model`: driver and series, such as `rxe-6.1`. */
export async function linuxVm(model: string): Promise<Backend> {
  const [driver, kernel] = model.split('-') as [Driver, Series];
  const guest = await openGuest({ kernel, driver });
  try {
    return new LinuxVm(model, guest, await greeted(guest));
  } catch (thrown) {
    await guest.stop();
    throw thrown;
  }
}

class LinuxVm implements Backend {
  readonly #model: string;
  readonly #guest: Guest;
  #agent: Backend;
  /** True once something was done to the guest that the agent cannot undo. */
  #spent = false;

  constructor(model: string, guest: Guest, agent: Backend) {
    this.#model = model;
    this.#guest = guest;
    this.#agent = agent;
  }

  async describe(): Promise<Description> {
    const { kernel, driver } = this.#guest;
    const its = { implementation: `linux-${driver}`, version: kernel.release, model: this.#model };
    return { ...(await this.#agent.describe()), ...its, kernel: kernel.release, driver, study: false };
  }

  process(options?: { readonly privileged?: boolean }): ReturnType<Backend['process']> {
    return this.#agent.process(options);
  }

  control(control: Control): ReturnType<Backend['control']> {
    if (!HARMLESS.has(control.action)) this.#spent = true;
    return this.#agent.control(control);
  }

  async begin(scenario: string): Promise<void> {
    await this.#agent.begin?.(scenario);
  }

  async settle(): Promise<void> {
    await this.#agent.settle?.();
  }

  async reset(): Promise<ResetReport> {
    // Where the agent was lost, this rejects or not, and a fresh guest is there by then.
    const report = await this.#agent.reset();
    const { leaked, complaints = [] } = report;
    if (this.#spent || Object.keys(leaked).length > 0 || complaints.length > 0) await this.#renew();
    return report;
  }

  async close(): Promise<void> {
    await this.#agent.close();
    await this.#guest.stop();
  }

  async #renew(): Promise<void> {
    await this.#agent.close();
    await this.#guest.restart();
    this.#agent = await greeted(this.#guest);
    this.#spent = false;
  }
}

/** The agent of a guest that runs; each connection but the first is to a fresh guest. */
function greeted(guest: Guest): Promise<Backend> {
  let first = true;
  const connect = async (): Promise<Link> => {
    if (!first) await guest.restart();
    first = false;
    const stream = guest.agent();
    const ended = guest.ended();
    return {
      from: stream,
      to: stream,
      epitaph: async () => {
        const how = await within(DYING, 'the end of the guest', ended).catch(() => 'the guest still runs');
        return `QEMU ${how}\n${lastWords(guest.console())}`.trimEnd();
      },
      end: () => guest.stop(),
    };
  };
  return daemonBackend({ connect, deadline: DEADLINE });
}
