/** Remembers what passed at the fd level in one scenario; bytes are copied, words are made only when a trace is asked for. */
import type { TraceLine } from '../../spec/verdict/evidence.ts';
import { Result } from './result.ts';

/** What passed beside ioctls, in the words of a trace. */
type Passed = Omit<TraceLine, 'n'>;

/** A scenario that makes more calls keeps the last ones: those before a failure. */
const KEPT = 4000;

export class Recorder {
  #passed: (Passed | Result)[] = [];
  #dropped = 0;

  add(passed: Passed | Result): void {
    this.#passed.push(passed);
    if (this.#passed.length < 2 * KEPT) return;
    this.#dropped += this.#passed.length - KEPT;
    this.#passed = this.#passed.slice(-KEPT);
  }

  lines(): TraceLine[] {
    return this.#passed.map((passed, index) => ({
      n: this.#dropped + index + 1,
      ...(passed instanceof Result ? ioctlLine(passed) : passed),
    }));
  }
}

function ioctlLine({ pid, fd, request, sent, encoded, errno, answer }: Result): Omit<TraceLine, 'n'> {
  return {
    pid,
    call: 'ioctl',
    fd,
    request: `0x${request.toString(16)}`,
    sent: sent.map(hex),
    received: encoded.regions.map((region) => hex(region.bytes)),
    answer: errno === 0 ? '0' : `-${answer}`,
  };
}

export function hex(bytes: Uint8Array): string {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('hex');
}

export function sameBytes(one: Uint8Array, two: Uint8Array): boolean {
  return Buffer.compare(one, two) === 0;
}
