/**
 * The journal of a run: a header, then `started` and `finished` per scenario as they happen, one line and one write each.
 * It is the record that survives whatever ends the run; the result document is folded from it.
 */
import { closeSync, fsync, fsyncSync, ftruncateSync, openSync, writeSync } from 'node:fs';
import type { Description } from '../../backends/backend.ts';
import type { ScenarioResult } from '../../spec/verdict/check.ts';
import type { TraceLine } from '../../spec/verdict/evidence.ts';
import type { Selection, TestSubject } from '../result/document.ts';

export const JOURNAL_FORMAT = 'rdma-conformance-journal/1';

export interface HeaderLine {
  readonly kind: 'header';
  readonly format: typeof JOURNAL_FORMAT;
  readonly tool: string;
  readonly spec: { readonly version: string; readonly digest: string };
  readonly features: string;
  readonly subject: TestSubject;
  readonly seed: number;
  readonly selection: Selection;
  readonly description: Description;
  readonly capabilities: readonly string[];
  /** Every selected scenario, so that what was never reached can be told from what was never asked for. */
  readonly planned: readonly { readonly id: string; readonly clauses: readonly string[] }[];
  readonly started: string;
}

export interface StartedLine {
  readonly kind: 'started';
  readonly id: string;
}

export interface FinishedLine {
  readonly kind: 'finished';
  readonly scenario: ScenarioResult;
  readonly trace?: readonly TraceLine[];
}

/** Written when the run closes the journal itself, at its end or when it was asked to stop. */
export interface EndedLine {
  readonly kind: 'ended';
  readonly at: string;
}

export type JournalLine = HeaderLine | StartedLine | FinishedLine | EndedLine;

/** Where a run writes what happens. */
export interface Sink {
  write(line: JournalLine): void;
}

/** Milliseconds between two calls that bring the file to the disk. */
const SYNC_EVERY = 1000;

/** A journal file open for appending; everything written is also kept for the fold. */
export class Journal implements Sink {
  readonly lines: JournalLine[];
  readonly #fd: number;
  #synced = performance.now();
  #timer: NodeJS.Timeout | undefined;

  private constructor(fd: number, lines: JournalLine[]) {
    this.#fd = fd;
    this.lines = lines;
  }

  static create(path: string): Journal {
    return new Journal(openSync(path, 'w'), []);
  }

  /** Goes on with a journal whose whole lines end at byte `length`; a torn line beyond it is cut off. */
  static append(path: string, lines: readonly JournalLine[], length: number): Journal {
    const fd = openSync(path, 'r+');
    ftruncateSync(fd, length);
    closeSync(fd);
    return new Journal(openSync(path, 'a'), [...lines]);
  }

  write(line: JournalLine): void {
    this.lines.push(line);
    writeWhole(this.#fd, Buffer.from(`${JSON.stringify(line)}\n`));
    const due = this.#synced + SYNC_EVERY - performance.now();
    // Asked here too, because a timer waits for the event loop and a busy run may not let it turn.
    if (due <= 0) this.#sync();
    else {
      this.#timer ??= setTimeout(() => {
        this.#sync();
      }, due).unref();
    }
  }

  close(): void {
    clearTimeout(this.#timer);
    fsyncSync(this.#fd);
    closeSync(this.#fd);
  }

  #sync(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    this.#synced = performance.now();
    // Off the main thread; a failing disk shows at the next write or at close.
    fsync(this.#fd, () => undefined);
  }
}

/** One write, but a file system may take less than it was given. */
function writeWhole(fd: number, bytes: Buffer): void {
  let done = 0;
  while (done < bytes.length) done += writeSync(fd, bytes, done);
}
