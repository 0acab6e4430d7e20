/** A backend behind the daemon protocol. The agent is started or connected to anew where it was lost, so that a run goes on. */
import { setImmediate, setTimeout } from 'node:timers/promises';
import { BackendError, type Backend, type Control, type ResetReport } from '../backend.ts';
import { Connection } from './connection.ts';
import type { Connect } from './link.ts';
import { PROTOCOL } from './messages.ts';
import { RemoteProcess } from './remote_process.ts';
import { protocolSchemas, type Schemas } from './schemas.ts';
import { answerOf, controlText } from './wire.ts';

export interface DaemonOptions {
  /** Makes a way to an agent; called again after a crash or a hang, when the way before it has been ended. */
  readonly connect: Connect;
  /** Milliseconds within which the agent answers what needs no device. */
  readonly deadline: number;
  /** What is sent is checked too; what comes in always is. */
  readonly validate?: boolean;
  /** Name and version that the agent is told. */
  readonly client?: string;
}

/** Attempts without success after which a lost agent remains lost. */
const ATTEMPTS = 3;
/** Milliseconds for a goodbye. */
const FAREWELL = 1000;

/** Connects and shakes hands. Rejects with BackendError where that fails. */
export async function daemonBackend(options: DaemonOptions): Promise<Backend> {
  const backend = new DaemonBackend(options, await protocolSchemas());
  await backend.start();
  return backend;
}

class DaemonBackend implements Backend {
  readonly #options: DaemonOptions;
  readonly #schemas: Schemas;
  #connection: Connection | undefined;
  #processes = new Set<RemoteProcess>();
  #failures = 0;

  constructor(options: DaemonOptions, schemas: Schemas) {
    this.#options = options;
    this.#schemas = schemas;
  }

  async start(): Promise<void> {
    const { connect, deadline, validate = false, client = 'rdma-conformance' } = this.#options;
    const link = await connect();
    const connection = new Connection(link, { schemas: this.#schemas, deadline, validate });
    try {
      const { protocol, agent, limits } = await connection.call('hello', { protocol: [PROTOCOL], client });
      if (protocol !== PROTOCOL)
        throw new BackendError('config', `${agent} speaks version ${String(protocol)}, not ${String(PROTOCOL)}`);
      connection.limit(limits);
    } catch (thrown) {
      await connection.end(false);
      throw thrown;
    }
    this.#connection = connection;
  }

  describe(): ReturnType<Backend['describe']> {
    return this.#there.call('describe', {});
  }

  async process({ privileged = true }: { readonly privileged?: boolean } = {}): ReturnType<Backend['process']> {
    const connection = this.#there;
    const { process } = await connection.call('process', { privileged });
    return this.#adopt(connection, process);
  }

  async control(control: Control): ReturnType<Backend['control']> {
    return answerOf(await this.#there.callText('control', `{"control":${controlText(control)}}`));
  }

  begin(scenario: string): Promise<void> {
    this.#there.notify('begin', { scenario });
    return Promise.resolve();
  }

  async settle(): Promise<void> {
    await this.#there.call('ping', {});
    // Answers that came with it are heard by then.
    await setImmediate();
  }

  async reset(): Promise<ResetReport> {
    const connection = this.#connection;
    const ended = this.#processes;
    this.#processes = new Set();
    for (const process of ended) process.ended = true;
    if (connection === undefined) {
      await this.#restart();
      return { leaked: {} };
    }
    const told = connection.lossTold;
    const before = connection.nextId;
    try {
      const report = await connection.call('reset', {});
      connection.giveUp('its process was ended before it returned', before);
      return report;
    } catch (thrown) {
      this.#connection = undefined;
      await connection.end(false);
      await this.#restart();
      if (told) return { leaked: {} };
      throw thrown;
    }
  }

  async close(): Promise<void> {
    const connection = this.#connection;
    this.#connection = undefined;
    if (connection === undefined) return;
    const bell = new AbortController();
    const late = setTimeout(FAREWELL, false, { signal: bell.signal }).catch(() => false);
    const gone = connection.call('bye', {}).then(
      () => true,
      () => false,
    );
    const kindly = await Promise.race([gone, late]);
    bell.abort();
    await connection.end(kindly);
  }

  get #there(): Connection {
    if (this.#connection === undefined) throw new BackendError('crash', 'there is no agent any more');
    return this.#connection;
  }

  #adopt(connection: Connection, pid: number): RemoteProcess {
    const process = new RemoteProcess(connection, pid, (child) => this.#adopt(connection, child));
    this.#processes.add(process);
    return process;
  }

  async #restart(): Promise<void> {
    if (this.#failures >= ATTEMPTS)
      throw new BackendError('crash', `the agent was lost, and ${String(ATTEMPTS)} attempts to start it failed`);
    this.#failures += 1;
    await this.start();
    this.#failures = 0;
  }
}
