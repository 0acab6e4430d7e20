/** The two ways a command ends badly, told apart because a script must be able to. */

/** A mistake of whoever typed the command or wrote the files it reads: said in plain lines, exit code 2. */
export class UsageError extends Error {
  /** One finding per line, each with its place first where it has one. */
  readonly lines: readonly string[];

  constructor(lines: string | readonly string[]) {
    const all = typeof lines === 'string' ? [lines] : lines;
    super(all.join('\n'));
    this.name = 'UsageError';
    this.lines = all;
  }
}

/** Something broke after a run had begun: its cause is printed with the stack, exit code 3. */
export class RunError extends Error {
  constructor(cause: unknown) {
    super('the run broke off', { cause });
    this.name = 'RunError';
  }
}

/** The message of anything that was thrown. */
export function messageOf(thrown: unknown): string {
  return thrown instanceof Error ? thrown.message : String(thrown);
}
