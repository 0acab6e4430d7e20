/** Gathers the lines of one turn of the event loop and sends them in one write: writes are what pipelining costs. */
import type { Writable } from 'node:stream';

export class Outbox {
  readonly #to: Writable;
  #text = '';

  constructor(to: Writable) {
    this.#to = to;
  }

  put(line: string): void {
    // Calls that belong together begin in the callbacks of promises; an immediate comes after all of those.
    if (this.#text === '') setImmediate(this.flush);
    this.#text += `${line}\n`;
  }

  readonly flush = (): void => {
    if (this.#text === '') return;
    const text = this.#text;
    this.#text = '';
    if (!this.#to.destroyed && !this.#to.writableEnded) this.#to.write(text);
  };
}
