/** A link to a command that is started for it: the protocol over its standard streams. */
import { spawn, type ChildProcessByStdio } from 'node:child_process';
import type { Readable, Writable } from 'node:stream';
import { setTimeout } from 'node:timers/promises';
import { BackendError } from '../backend.ts';
import type { Link } from './link.ts';

type Child = ChildProcessByStdio<Writable, Readable, Readable>;

/** Bytes kept of what it says on standard error, and lines of them that are told. */
const KEPT = 8192;
const TOLD = 12;
/** Milliseconds that it has to end when it was told, when it was asked to, and until its last words are in. */
const TO_FINISH = 2000;
const TO_OBEY = 1000;
const TO_DIE = 300;

/** `argv[0]` is looked up on the PATH. Rejects with BackendError `config` where it cannot be started. */
export async function spawnLink(argv: readonly string[]): Promise<Link> {
  const [command, ...args] = argv;
  if (command === undefined) throw new BackendError('config', 'there is no command to connect to');
  // A group of its own: what interrupts a run at a terminal is meant for the run, which then ends its agent.
  const child: Child = spawn(command, args, { stdio: 'pipe', detached: true });
  await new Promise<void>((resolve, reject) => {
    child.once('spawn', resolve);
    child.once('error', (error) => {
      reject(new BackendError('config', `${command} cannot be started: ${error.message}`));
    });
  });
  child.on('error', () => undefined);
  let said = Buffer.alloc(0);
  child.stderr.on('data', (chunk: Buffer) => {
    said = Buffer.concat([said, chunk]).subarray(-KEPT);
  });
  const exited = new Promise<void>((resolve) => {
    child.once('close', () => {
      resolve();
    });
  });
  return {
    from: child.stdout,
    to: child.stdin,
    epitaph: async () => {
      await within(TO_DIE, exited);
      return [howItEnded(child), lastWords(said.toString('utf8'))].filter((part) => part !== '').join('; ');
    },
    end: async (kindly) => {
      child.stdin.destroy();
      if (kindly && (await within(TO_FINISH, exited))) return;
      if (signal(child, 'SIGTERM') && !(await within(TO_OBEY, exited))) signal(child, 'SIGKILL');
      await within(TO_OBEY, exited);
      child.stdout.destroy();
      child.stderr.destroy();
    },
  };
}

/** True where `work` was done in time. */
async function within(milliseconds: number, work: Promise<void>): Promise<boolean> {
  const bell = new AbortController();
  const late = setTimeout(milliseconds, false, { signal: bell.signal }).catch(() => false);
  const done = await Promise.race([work.then(() => true), late]);
  bell.abort();
  return done;
}

/** To the group that began with it, as long as it is ours to signal; false where it has ended. */
function signal({ pid, exitCode, signalCode }: Child, name: 'SIGTERM' | 'SIGKILL'): boolean {
  if (pid === undefined || exitCode !== null || signalCode !== null) return false;
  try {
    return process.kill(-pid, name);
  } catch {
    return false;
  }
}

function howItEnded({ exitCode, signalCode }: Child): string {
  if (signalCode !== null) return `it was ended by ${signalCode}`;
  return exitCode === null ? '' : `it ended with code ${String(exitCode)}`;
}

function lastWords(said: string): string {
  const lines = said.trim().split('\n').slice(-TOLD);
  return said.trim() === '' ? '' : `its last words: ${lines.join('\n')}`;
}
