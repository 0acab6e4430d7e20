/** Remembers what passed at the fd level in one scenario; bytes are copied, words are made only when a trace is asked for. */
import type { Patch, Region } from '../../spec/abi/abi.ts';
import type { TraceLine } from '../../spec/verdict/evidence.ts';
import { Result } from './result.ts';

/** What passed beside ioctls, in the words of a trace. */
type Passed = Omit<TraceLine, 'n'>;

/** A scenario that makes more calls keeps the last ones: those before a failure. */
const KEPT = 4000;

export class Recorder {
  #passed: (Passed | Result)[] = [];
  #dropped = 0;
  readonly #standing = new WeakMap<Result, number>();

  add(passed: Passed | Result): void {
    this.#passed.push(passed);
    if (this.#passed.length < 2 * KEPT) return;
    this.#dropped += this.#passed.length - KEPT;
    this.#passed = this.#passed.slice(-KEPT);
  }

  /** How many calls there have been. */
  get count(): number {
    return this.#dropped + this.#passed.length;
  }

  /** Lets a result stand for the call that was recorded last. */
  stand(result: Result): void {
    this.#standing.set(result, this.count);
  }

  /** The number a call has in the trace; undefined where it is not kept any more. */
  numberOf(result: Result): number | undefined {
    const standing = this.#standing.get(result);
    if (standing !== undefined) return standing > this.#dropped ? standing : undefined;
    const at = this.#passed.lastIndexOf(result);
    return at === -1 ? undefined : this.#dropped + at + 1;
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
    ...memoryOf(encoded),
    answer: errno === 0 ? '0' : `-${answer}`,
  };
}

/** How the memory of a call lies: the addresses in it, what ends at unmapped memory, what cannot be written. */
export function memoryOf({
  regions,
  patches,
}: {
  readonly regions: readonly Region[];
  readonly patches: readonly Patch[];
}): Pick<TraceLine, 'patches' | 'guarded' | 'readOnly'> {
  const those = (is: (region: Region) => boolean): number[] =>
    regions.flatMap((region, index) => (is(region) ? [index] : []));
  const guarded = those(({ guard }) => guard === true);
  const readOnly = those((region) => region.readOnly === true);
  return {
    ...(patches.length === 0
      ? {}
      : { patches: patches.map(({ into, offset, region, target }) => [into, offset, region, target] as const) }),
    ...(guarded.length === 0 ? {} : { guarded }),
    ...(readOnly.length === 0 ? {} : { readOnly }),
  };
}

export function hex(bytes: Uint8Array): string {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('hex');
}

export function sameBytes(one: Uint8Array, two: Uint8Array): boolean {
  return Buffer.compare(one, two) === 0;
}
