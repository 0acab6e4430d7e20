/** Cuts a stream of bytes into lines. What has come of a line is looked at once, however many pieces it comes in. */

const LINE_FEED = 10;

export class Lines {
  readonly #most: number;
  readonly #take: (line: string) => void;
  readonly #tooLong: () => void;
  #parts: Buffer[] = [];
  #length = 0;
  /** The rest of a line that was too long is dropped. */
  #skipping = false;

  /** `most`: bytes of a line; of a longer one `tooLong` hears once, and it is skipped. */
  constructor(most: number, take: (line: string) => void, tooLong: () => void) {
    this.#most = most;
    this.#take = take;
    this.#tooLong = tooLong;
  }

  push(chunk: Buffer): void {
    let start = 0;
    for (let end = chunk.indexOf(LINE_FEED); end >= 0; end = chunk.indexOf(LINE_FEED, start)) {
      this.#append(chunk, start, end);
      this.#finish();
      start = end + 1;
    }
    if (start < chunk.length) this.#append(chunk, start, chunk.length);
  }

  #append(chunk: Buffer, start: number, end: number): void {
    if (this.#skipping || start === end) return;
    this.#length += end - start;
    if (this.#length <= this.#most) {
      this.#parts.push(chunk.subarray(start, end));
      return;
    }
    this.#parts = [];
    this.#skipping = true;
    this.#tooLong();
  }

  #finish(): void {
    const { length } = this.#parts;
    const whole = length === 1 ? this.#parts[0] : Buffer.concat(this.#parts);
    const skipped = this.#skipping;
    if (length > 0) this.#parts = [];
    this.#length = 0;
    this.#skipping = false;
    // Empty lines are nobody's message.
    if (!skipped && whole !== undefined && whole.length > 0) this.#take(whole.toString('utf8'));
  }
}
