/** Remembers what passed at the fd level in one scenario; bytes are copied, words are made only when a trace is asked for. */
import type { TraceLine } from '../../spec/verdict/evidence.ts';

export interface Passed {
  readonly pid: number;
  readonly call: TraceLine['call'];
  readonly fd?: number;
  readonly detail?: string;
  readonly request?: number;
  readonly sent?: readonly Uint8Array[];
  readonly received?: readonly Uint8Array[];
  readonly answer: string;
}

/** A scenario that makes more calls keeps the last ones: those before a failure. */
const KEPT = 4000;

export class Recorder {
  #passed: Passed[] = [];
  #dropped = 0;

  add(passed: Passed): void {
    this.#passed.push(passed);
    if (this.#passed.length < 2 * KEPT) return;
    this.#dropped += this.#passed.length - KEPT;
    this.#passed = this.#passed.slice(-KEPT);
  }

  lines(): TraceLine[] {
    return this.#passed.map((passed, index) => ({
      n: this.#dropped + index + 1,
      pid: passed.pid,
      call: passed.call,
      ...(passed.fd === undefined ? {} : { fd: passed.fd }),
      ...(passed.detail === undefined ? {} : { detail: passed.detail }),
      ...(passed.request === undefined ? {} : { request: `0x${passed.request.toString(16)}` }),
      ...(passed.sent === undefined ? {} : { sent: passed.sent.map(hex) }),
      ...(passed.received === undefined ? {} : { received: passed.received.map(hex) }),
      answer: passed.answer,
    }));
  }
}

export function hex(bytes: Uint8Array): string {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('hex');
}

export function sameBytes(one: Uint8Array, two: Uint8Array): boolean {
  return Buffer.compare(one, two) === 0;
}
