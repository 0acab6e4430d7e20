/** One client's time with a backend: its processes, and what is under way. */
import type { Backend, Process } from '../../backend.ts';
import { CODE, Refusal } from '../errors.ts';
import { FRAME, type Limits } from '../messages.ts';

export const LIMITS: Limits = {
  frame: FRAME,
  batch: 1024,
  inflight: 4096,
  processes: 4096,
  regions: 1024,
  bytes: FRAME / 4,
};

export interface SessionOptions {
  /** Makes the backend a client gets: a fresh one for each. */
  readonly open: () => Promise<Backend>;
  /** Name and version that clients are told. */
  readonly agent: string;
  /** What is sent is checked too; what comes in always is. */
  readonly validate: boolean;
}

export class Session {
  readonly options: SessionOptions;
  /** Undefined until hello. */
  backend: Backend | undefined;
  greeted = false;
  /** True once the client has said goodbye. */
  over = false;
  readonly #processes = new Map<number, Process>();

  constructor(options: SessionOptions) {
    this.options = options;
  }

  async open(): Promise<void> {
    if (this.greeted) throw new Refusal(CODE.request, 'hello was said already');
    this.greeted = true;
    try {
      this.backend = await this.options.open();
    } catch (thrown) {
      this.greeted = false;
      throw thrown;
    }
    // It has gone while it was awaited.
    if (this.over) await this.close();
  }

  get there(): Backend {
    if (this.backend === undefined) throw new Refusal(CODE.request, 'hello comes first');
    return this.backend;
  }

  process(pid: number): Process {
    const process = this.#processes.get(pid);
    if (process === undefined) throw new Refusal(CODE.params, `params/process: there is no process ${String(pid)}`);
    return process;
  }

  adopt(process: Process): { readonly process: number } {
    this.#processes.set(process.pid, process);
    return { process: process.pid };
  }

  /** Room for one more. */
  admit(): void {
    if (this.#processes.size >= LIMITS.processes)
      throw new Refusal(CODE.resource, `there are ${String(LIMITS.processes)} processes already`);
  }

  forget(pid?: number): void {
    if (pid === undefined) this.#processes.clear();
    else this.#processes.delete(pid);
  }

  async close(): Promise<void> {
    const { backend } = this;
    this.over = true;
    this.backend = undefined;
    this.forget();
    await backend?.close();
  }
}
