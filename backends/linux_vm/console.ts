/** The last of what a guest wrote to its console: bounded, so that one that prints for ever costs nothing. */

/** Bytes kept. */
const KEPT = 64 * 1024;
/** Lines of a report that an error quotes. */
const QUOTED = 24;

/** Where the kernel begins to say that it is done for. */
const TROUBLE = /Kernel panic|BUG:|Oops|general protection fault|unable to handle|linux-vm: /;

export class Console {
  #chunks: Buffer[] = [];
  #length = 0;

  add(chunk: Buffer): void {
    this.#chunks.push(chunk);
    this.#length += chunk.length;
    if (this.#length > 2 * KEPT) {
      const rest = Buffer.concat(this.#chunks).subarray(-KEPT);
      this.#chunks = [rest];
      this.#length = rest.length;
    }
  }

  text(): string {
    return Buffer.concat(this.#chunks).subarray(-KEPT).toString('utf8').replaceAll('\r', '');
  }
}

/** What somebody wants to read of a guest that died: the report from its first line on, or else the last lines. */
export function lastWords(text: string): string {
  const lines = text.split('\n').filter((line) => line.trim() !== '');
  const first = lines.findIndex((line) => TROUBLE.test(line));
  return (first === -1 ? lines.slice(-QUOTED) : lines.slice(first, first + QUOTED)).join('\n');
}
