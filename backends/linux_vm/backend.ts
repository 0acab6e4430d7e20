/**
 * A Linux driver as it was shipped, in a guest, reached through the agent. Whatever leaves the kernel other than it was
 * found costs the guest: the next scenario gets a fresh one (decision 0120).
 */
import { BackendError, type Backend, type Control, type Description, type ResetReport } from '../backend.ts';
import { daemonBackend } from '../daemon/client.ts';
import type { Link } from '../daemon/link.ts';
import { lastWords } from './console.ts';
import { within } from './deadline.ts';
import { openGuest, type Guest, type GuestOptions } from './guest.ts';

/** Milliseconds within which the agent answers what needs no device, on a machine that has much else to do. */
const DEADLINE = 10_000;
/** Milliseconds that a guest whose agent is lost has to end by itself, so that its last words are heard. */
const DYING = 3000;

/** Controls after which the driver is what it was before. */
const HARMLESS: ReadonlySet<Control['action']> = new Set(['kernel_call', 'raise_event', 'release']);

/** `model`: what the registry calls this driver on this kernel. */
export async function linuxVm(model: string, system: Pick<GuestOptions, 'driver' | 'kernel'>): Promise<Backend> {
  return inGuest(model, await openGuest(system));
}

/** The backend in a guest that runs; it ends with the guest. */
export async function inGuest(model: string, guest: Guest): Promise<Backend> {
  const backend = new LinuxVm(model, guest);
  try {
    await backend.greet();
    return backend;
  } catch (thrown) {
    await guest.stop();
    throw thrown;
  }
}

class LinuxVm implements Backend {
  readonly #model: string;
  readonly #guest: Guest;
  #greeted: Backend | undefined;
  /** True as long as no connection was made to the guest that runs. */
  #fresh = true;
  /** True once something was done to the guest that runs which the agent cannot undo. */
  #spent = false;

  constructor(model: string, guest: Guest) {
    this.#model = model;
    this.#guest = guest;
  }

  /** Must come first: the agent of the guest that runs, if nobody has spoken to it yet, and else of another. */
  async greet(): Promise<void> {
    this.#greeted = await daemonBackend({ connect: () => this.#link(), deadline: DEADLINE });
  }

  async describe(): Promise<Description> {
    const { kernel, driver } = this.#guest;
    const its = { implementation: `linux-${driver}`, version: kernel.release, model: this.#model };
    return {
      ...(await this.#agent.describe()),
      ...its,
      kernel: kernel.release,
      driver,
      study: false,
      expendable: true,
    };
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

  get #agent(): Backend {
    if (this.#greeted === undefined) throw new BackendError('crash', 'there is no agent any more');
    return this.#greeted;
  }

  async #renew(): Promise<void> {
    await this.#agent.close();
    await this.greet();
  }

  /** Each link is to a guest of its own: who connects again has lost the one before, or is done with it. */
  async #link(): Promise<Link> {
    const guest = this.#guest;
    if (!this.#fresh) await guest.restart();
    this.#fresh = false;
    this.#spent = false;
    const stream = guest.agent();
    const ended = guest.ended();
    return {
      from: stream,
      to: stream,
      epitaph: async () => {
        const how = await within(DYING, 'the end of the guest', ended).catch(() => 'still runs');
        return `QEMU ${how}\n${lastWords(guest.console())}`.trimEnd();
      },
      end: () => guest.stop(),
    };
  }
}
