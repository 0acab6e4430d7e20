/** QEMU's machine protocol: commands and events as JSON, one text a line. See QEMU's docs/interop/qmp-spec.txt. */
import type { Duplex } from 'node:stream';
import { BackendError } from '../backend.ts';
import { within } from './deadline.ts';

/** Milliseconds a command may take: none waits for the guest. */
const DEADLINE = 20_000;

export interface QmpEvent {
  readonly event: string;
  readonly data?: Readonly<Record<string, unknown>>;
}

interface Line extends Partial<QmpEvent> {
  readonly id?: number;
  readonly return?: unknown;
  readonly error?: { readonly desc?: string };
}

type Settle = (line: Line) => void;

export class Qmp {
  readonly #stream: Duplex;
  readonly #waiting = new Map<number, Settle>();
  readonly #listeners = new Set<(event: QmpEvent) => void>();
  #next = 1;

  /** The greeting that comes first has no use here: commands are taken from the beginning. */
  constructor(stream: Duplex) {
    this.#stream = stream;
    // A machine that ends takes the stream with it, which is noticed by its end.
    stream.on('error', () => undefined);
    let rest = '';
    stream.setEncoding('utf8').on('data', (text: string) => {
      const lines = (rest + text).split('\n');
      rest = lines.pop() ?? '';
      for (const line of lines) this.#heard(JSON.parse(line) as Line);
    });
  }

  /** What the command returns. The first must be `qmp_capabilities`. */
  async execute(command: string, args: Readonly<Record<string, unknown>> = {}): Promise<unknown> {
    const id = this.#next;
    this.#next += 1;
    const answered = new Promise<Line>((resolve) => this.#waiting.set(id, resolve));
    this.#stream.write(`${JSON.stringify({ execute: command, arguments: args, id })}\n`);
    const line = await within(DEADLINE, `QEMU's answer to ${command}`, answered);
    if (line.error !== undefined)
      throw new BackendError('protocol', `QEMU refuses ${command}: ${line.error.desc ?? 'without a reason'}`);
    return line.return;
  }

  /** Resolves at the first event from now on that is meant. */
  event(meant: (event: QmpEvent) => boolean): Promise<QmpEvent> {
    return new Promise((resolve) => {
      const listener = (event: QmpEvent): void => {
        if (!meant(event)) return;
        this.#listeners.delete(listener);
        resolve(event);
      };
      this.#listeners.add(listener);
    });
  }

  #heard(line: Line): void {
    const { id, event, data } = line;
    if (event !== undefined)
      for (const listener of this.#listeners) listener(data === undefined ? { event } : { event, data });
    if (id === undefined) return;
    this.#waiting.get(id)?.(line);
    this.#waiting.delete(id);
  }
}
