/** One program that is run to build the site: heard but not shown, bounded in time, and stopped with all it started. */
import { spawn } from 'node:child_process';
import { basename, delimiter, dirname } from 'node:path';

export interface Job {
  readonly command: string;
  readonly args: readonly string[];
  readonly cwd: string;
  readonly env?: Readonly<Record<string, string>>;
  /** Milliseconds; a job that takes longer is stopped and has failed. */
  readonly limit: number;
}

/** Runs a job to its end; tests put another in its place. */
export type Runner = (job: Job, signal: AbortSignal) => Promise<Ended>;

export interface Ended {
  readonly code: number;
  /** The end of what it wrote, to standard output and standard error. */
  readonly tail: string;
}

/** A step of the build that failed: what it was, and the end of what it said. */
export class StepFailed extends Error {
  readonly code: number;
  readonly tail: string;

  constructor(step: string, { code, tail }: Ended) {
    super(`${step} failed with code ${String(code)}`);
    this.name = 'StepFailed';
    this.code = code;
    this.tail = tail;
  }
}

/** Somebody wants the build to end. */
export class Interrupted extends Error {}

/** Characters. */
const TAIL = 20_000;

/** Milliseconds between asking a job to end and making it. */
const GRACE = 5000;

export function runJob({ command, args, cwd, env = {}, limit }: Job, signal: AbortSignal): Promise<Ended> {
  if (signal.aborted) return Promise.reject(new Interrupted());
  // Whatever it starts finds the Node that runs this, and it is the head of a group that can be stopped as one.
  const path = [dirname(process.execPath), process.env.PATH ?? ''].join(delimiter);
  const child = spawn(command, args, {
    cwd,
    env: { ...process.env, PATH: path, NO_COLOR: '1', ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
    detached: true,
  });
  let tail = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding('utf8').on('data', (text: string) => (tail = (tail + text).slice(-TAIL)));
  }
  let late = false;
  const stop = (): void => {
    kill(child.pid, 'SIGTERM');
    setTimeout(kill, GRACE, child.pid, 'SIGKILL').unref();
  };
  const timer = setTimeout(() => {
    late = true;
    stop();
  }, limit);
  signal.addEventListener('abort', stop);
  return new Promise((resolve, reject) => {
    child.once('error', (error) => {
      resolve({ code: 127, tail: `${basename(command)}: ${error.message}` });
    });
    child.once('close', (code) => {
      if (signal.aborted) reject(new Interrupted());
      else if (late) resolve({ code: code ?? 124, tail: `${tail}\nnot done after ${String(limit / 1000)} s` });
      else resolve({ code: code ?? 1, tail });
    });
  }).finally(() => {
    clearTimeout(timer);
    signal.removeEventListener('abort', stop);
  }) as Promise<Ended>;
}

function kill(pid: number | undefined, signal: NodeJS.Signals): void {
  if (pid === undefined) return;
  try {
    process.kill(-pid, signal);
  } catch {
    // It has ended meanwhile.
  }
}
