/** Test support: conformd as a process whose every line can be said and heard. */
import { spawn, spawnSync, type ChildProcess } from 'node:child_process';
import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { connect } from 'node:net';
import { join } from 'node:path';
import type { Readable, Writable } from 'node:stream';
import { packageRoot } from '../../spec/compile/files.ts';

/** The agent that is tried; CONFORMD names another one, such as the one with sanitizers. */
export const CONFORMD = process.env['CONFORMD'] ?? join(packageRoot(), 'build', 'conformd', 'conformd');

/** Builds the agent where it can be built. False, said aloud, where it cannot, unless it must be there. */
export function build(): boolean {
  const can = existsSync('/usr/include/jansson.h');
  if (can || process.env['RDMA_CONFORMANCE_CONFORMD'] === 'must') {
    const made = spawnSync('make', ['-s', '-j2', '-C', join(packageRoot(), 'backends', 'conformd')], {
      encoding: 'utf8',
    });
    if (made.status !== 0) throw new Error(`conformd cannot be built: ${made.stderr}`);
    return true;
  }
  process.stderr.write('SKIPPED: the tests of conformd, which needs gcc, make and libjansson-dev\n');
  return false;
}

export type Json = Readonly<Record<string, unknown>>;
export interface Reply {
  readonly id: number | null;
  readonly result?: Json;
  readonly error?: { readonly code: number; readonly message: string };
}

/** One client of an agent. */
export class Client {
  readonly #to: Writable;
  readonly #heard: unknown[] = [];
  readonly #waiting: ((line: unknown) => void)[] = [];
  readonly ended: Promise<void>;
  #part = '';
  #nextId = 1;

  constructor(from: Readable, to: Writable) {
    this.#to = to;
    from.setEncoding('utf8');
    from.on('data', (text: string) => {
      const lines = (this.#part + text).split('\n');
      this.#part = lines.pop() ?? '';
      for (const line of lines) this.#hear(JSON.parse(line));
    });
    this.ended = new Promise((resolve) => {
      from.once('close', resolve);
    });
    to.on('error', () => undefined);
  }

  say(text: string): void {
    this.#to.write(text);
  }

  /** The next line, whatever it answers. */
  hear(): Promise<unknown> {
    const line = this.#heard.shift();
    return line === undefined ? new Promise((resolve) => this.#waiting.push(resolve)) : Promise.resolve(line);
  }

  /** A request as clients write it; a space in front of it makes the agent read it as JSON. */
  line(method: string, params: Json, id = this.#nextId++): string {
    return `${JSON.stringify({ jsonrpc: '2.0', id, method, params })}\n`;
  }

  async ask(method: string, params: Json): Promise<Reply> {
    this.say(this.line(method, params));
    return (await this.hear()) as Reply;
  }

  /** The result, or the error as a text. */
  async call(method: string, params: Json): Promise<Json> {
    const { result, error } = await this.ask(method, params);
    if (result === undefined) throw new Error(`${method}: ${String(error?.code)} ${error?.message ?? ''}`);
    return result;
  }

  async hello(): Promise<this> {
    await this.call('hello', { protocol: [1], client: 'test 1' });
    return this;
  }

  async process(privileged = true): Promise<number> {
    return (await this.call('process', { privileged }))['process'] as number;
  }

  async open(process: number, path: string): Promise<number> {
    return (await this.call('open', { process, path, flags: 2 }))['value'] as number;
  }

  #hear(line: unknown): void {
    const first = this.#waiting.shift();
    if (first === undefined) this.#heard.push(line);
    else first(line);
  }
}

const running: ChildProcess[] = [];

export function start(...args: readonly string[]): ChildProcess {
  const agent = spawn(CONFORMD, args, { stdio: ['pipe', 'pipe', 'pipe'] });
  running.push(agent);
  return agent;
}

/** An agent on its standard streams that has been greeted. */
export async function session(...devices: readonly string[]): Promise<Client> {
  const { stdout, stdin } = start(...devices.flatMap((device) => ['--device', device]));
  if (stdout === null || stdin === null) throw new Error('there are no pipes');
  return new Client(stdout, stdin).hello();
}

/** A client of an agent at a socket, which may be about to begin. */
export async function reach(path: string): Promise<Client> {
  for (let tries = 0; ; tries++) {
    const socket = connect(path);
    const there = await new Promise<boolean>((resolve) => {
      socket.once('connect', () => {
        resolve(true);
      });
      socket.once('error', () => {
        resolve(false);
      });
    });
    if (there) return new Client(socket, socket);
    if (tries === 200) throw new Error(`nobody listens at ${path}`);
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
}

/** Ends every agent that was started; what they leave is nobody. */
export async function endAll(): Promise<void> {
  const ends = running.splice(0).map(
    (agent) =>
      new Promise<void>((resolve) => {
        if (agent.exitCode !== null || agent.signalCode !== null) resolve();
        agent.once('exit', () => {
          resolve();
        });
        agent.kill('SIGTERM');
      }),
  );
  await Promise.all(ends);
}

/** State and parent of a process; undefined where there is none, or only what its parent has not asked about. */
function statOf(pid: number): { readonly parent: number } | undefined {
  try {
    const [state, parent] =
      readFileSync(`/proc/${String(pid)}/stat`, 'utf8')
        .split(') ')[1]
        ?.split(' ') ?? [];
    return state === 'Z' ? undefined : { parent: Number(parent) };
  } catch {
    return undefined;
  }
}

export function lives(pid: number): boolean {
  return statOf(pid) !== undefined;
}

/** Processes that have this one as parent. */
export function childrenOf(pid: number): number[] {
  const all = readdirSync('/proc').filter((name) => /^\d+$/.test(name));
  return all.map(Number).filter((each) => statOf(each)?.parent === pid);
}
