/** One QEMU process. It never outlives the one that started it, however that ends. */
import { spawn } from 'node:child_process';
import type { Duplex, Readable } from 'node:stream';
import { BackendError } from '../backend.ts';
import { Console, lastWords } from './console.ts';
import { within } from './deadline.ts';
import { QEMU } from './qemu.ts';
import { Qmp } from './qmp.ts';

/** Milliseconds a killed process may take to be gone. */
const DYING = 10_000;

export interface Machine {
  readonly qmp: Qmp;
  /** The bytes of the port that the agent has open. */
  readonly agent: Duplex;
  /** Resolves when the process is gone, to how it ended. */
  readonly ended: Promise<string>;
  /** The last of what the guest, or QEMU, said. */
  console(): string;
  /** What `promise` settles to, unless the machine ends before, which is a crash that quotes the guest. */
  alive<T>(what: string, milliseconds: number, promise: Promise<T>): Promise<T>;
  kill(): Promise<void>;
}

/** `state`: the descriptor that a restored machine reads its state from. */
export function startMachine(args: readonly string[], state?: number): Machine {
  // The kernel kills it when its parent goes, also when that was killed and cannot clean up. It has a group of its own: what
  // interrupts a run at a terminal is meant for the run, which then ends the guest.
  const child = spawn('setpriv', ['--pdeathsig', 'KILL', '--', QEMU, ...args], {
    detached: true,
    stdio: ['ignore', 'pipe', 'pipe', 'pipe', 'pipe', state ?? 'ignore'],
  });
  const said = new Console();
  // The types know nothing of pipes beyond the third, which go both ways.
  const [, out, err, qmp, agent] = child.stdio as unknown as readonly [null, Readable, Readable, Duplex, Duplex];
  for (const stream of [out, err]) {
    stream.on('data', (chunk: Buffer) => {
      said.add(chunk);
    });
  }
  // A machine that ends takes the port with it, which is noticed by its end.
  agent.on('error', () => undefined);
  const ended = new Promise<string>((resolve) => {
    child.once('error', (error) => {
      resolve(`could not be started: ${error.message}`);
    });
    child.once('close', (code, signal) => {
      resolve(signal === null ? `ended with code ${String(code)}` : `got ${signal}`);
    });
  });
  const died = (what: string): Promise<never> =>
    ended.then((how) => {
      throw new BackendError('crash', `${what}: QEMU ${how}\n${lastWords(said.text())}`.trimEnd());
    });
  return {
    qmp: new Qmp(qmp),
    agent,
    ended,
    console: () => said.text(),
    alive: (what, milliseconds, promise) => within(milliseconds, what, Promise.race([promise, died(what)])),
    async kill() {
      child.kill('SIGKILL');
      await within(DYING, 'the end of QEMU', ended);
    },
  };
}
