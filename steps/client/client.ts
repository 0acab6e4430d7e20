/** The typed client: opens files, sends neutral calls or raw messages, and keeps what each call looked like. */
import {
  BackendError,
  type Answer,
  type Control,
  type DeviceDescription,
  type Process,
  type Report,
  type ResetReport,
} from '../../backends/backend.ts';
import type { Session } from '../../backends/session.ts';
import type { Abi, Call, Encoded } from '../../spec/abi/abi.ts';
import { errnoName } from '../../spec/errno.ts';
import type { SentCall } from '../../spec/verdict/check.ts';
import { Flight } from './flight.ts';
import { RecordedProcess } from './recorded.ts';
import { Recorder, hex } from './recorder.ts';
import { Result } from './result.ts';
import type { Thing } from './things.ts';
import { watchdogOf, type Watchdog } from './watchdog.ts';
import { words } from './words.ts';

/** One open file: the device, or the descriptor of an event channel. */
export class Context {
  readonly client: Client;
  readonly process: Process;
  readonly fd: number;
  /** Objects that series of calls share as means, by name: one protection domain serves many queue pairs. */
  readonly means = new Map<string, Promise<Thing>>();
  /** Classes of which an object was made in this file. */
  readonly seen = new Set<string>();
  /** Transport by port number, as far as it has been asked for. */
  readonly transports = new Map<number, string>();

  constructor(client: Client, process: Process, fd: number) {
    this.client = client;
    this.process = process;
    this.fd = fd;
  }

  call(call: Call): Promise<Result> {
    const { abi } = this.client.session;
    return this.send(abi.encode(abi.draft(call)), call);
  }

  /** Sends bytes as they are; `call` says what they stand for, so that the reply can be read, by the ABI or by `reader`. */
  async send(encoded: Encoded, call?: Call, reader: Pick<Abi, 'reply'> = this.client.session.abi): Promise<Result> {
    const { client, process, fd } = this;
    const { request, regions, patches } = encoded;
    // The callee writes in place, so what is sent is copied first.
    const before: Uint8Array[] = [];
    for (const region of regions) before.push(Buffer.from(region.bytes));
    const pending = client.watchdog.enter(request);
    const answer = await process.ioctl({ fd, request, regions, patches });
    client.watchdog.leave(pending);
    const result = new Result(reader, process.pid, fd, encoded, before, answer, call);
    client.recorder.add(result);
    return result;
  }

  /** Begins a call that may stand still. */
  begin(call: Call): Flight<Result> {
    const { client, process, fd } = this;
    const { abi } = client.session;
    const encoded = abi.encode(abi.draft(call));
    const before = encoded.regions.map((region) => Buffer.from(region.bytes));
    const { request, regions, patches } = encoded;
    const answered = process.ioctl({ fd, request, regions, patches }).then((answer) => {
      const result = new Result(abi, process.pid, fd, encoded, before, answer, call);
      client.recorder.add(result);
      return result;
    });
    return new Flight(answered, client.settle);
  }

  /** Begins a read of an event descriptor, which may wait. */
  read(length: number): Flight<Answer<Uint8Array>> {
    return new Flight(this.process.read(this.fd, length), this.client.settle);
  }

  /** What poll says of this descriptor: bits of POLL. With `wait`, not before something is ready. */
  poll(events: number, wait = false): Flight<number> {
    const { process, fd } = this;
    const polled = process.poll([{ fd, events }], wait);
    return new Flight(
      polled.then((answer) => (answer.ok ? (answer.value[0] ?? 0) : 0)),
      this.client.settle,
    );
  }

  close(): Promise<Answer> {
    return this.client.ask(this.process.close(this.fd), 'close');
  }
}

export class Client {
  readonly session: Session;
  readonly recorder = new Recorder();
  readonly watchdog: Watchdog;
  /** Waits until every call made so far has returned or is waiting, where the backend needs to be asked. */
  readonly settle: (() => Promise<void>) | undefined;

  constructor(session: Session) {
    this.session = session;
    this.settle = session.backend.settle?.bind(session.backend);
    this.watchdog = watchdogOf(session);
  }

  /** A call other than an ioctl, under the same deadline. */
  async ask<T>(promise: Promise<T>, what: string): Promise<T> {
    const pending = this.watchdog.enter(what);
    const value = await promise;
    this.watchdog.leave(pending);
    return value;
  }

  /** Opens the device anew, in a process of its own, and says what the ABI wants said first. */
  async open(privileged = true, device?: DeviceDescription): Promise<Context> {
    return this.#greeted(await this.openSilently(privileged, device?.path));
  }

  /** Opens the device once more in a process that there is already. */
  async openIn(process: Process): Promise<Context> {
    return this.#greeted(await this.#opened(process, this.path));
  }

  async #greeted(context: Context): Promise<Context> {
    for (const encoded of this.session.abi.greeting()) {
      const result = await context.send(encoded);
      if (result.errno !== 0)
        throw new BackendError('resource', `the first message on ${this.path} was refused: ${result.answer}`);
    }
    return context;
  }

  /** The devices there are now: some come and go. */
  async devices(): Promise<readonly DeviceDescription[]> {
    return (await this.ask(this.session.backend.describe(), 'describe')).devices;
  }

  /** Opens the device anew and says nothing. */
  async openSilently(privileged = true, path = this.path): Promise<Context> {
    return this.#opened(await this.process(privileged), path);
  }

  async #opened(process: Process, path: string): Promise<Context> {
    const opened = await this.tryOpen(process, path);
    if (!opened.ok) throw new BackendError('resource', `${path} cannot be opened: ${errnoName(opened.errno)}`);
    return new Context(this, process, opened.value);
  }

  /** `flags`: as open has them; for reading and writing where they are not given. */
  tryOpen(process: Process, path = this.path, flags?: number): Promise<Answer> {
    return this.ask(process.open(path, flags), `open ${path}`);
  }

  /** A new process, whose calls are kept for the trace. */
  async process(privileged = true): Promise<Process> {
    const process = await this.ask(this.session.backend.process({ privileged }), 'starting a process');
    return new RecordedProcess(process, this.recorder, privileged);
  }

  /** The same file in a child of the process. */
  async fork(context: Context): Promise<Context> {
    return new Context(this, await this.ask(context.process.fork(), 'fork'), context.fd);
  }

  /** Begins a control that may have to wait for calls that are running. */
  beginControl(control: Control): Flight<Answer<Report>> {
    return new Flight(this.#controlled(control), this.settle);
  }

  control(control: Control): Promise<Answer<Report>> {
    return this.ask(this.#controlled(control), `control ${control.action}`);
  }

  /** A control without which the scenario says nothing: its refusal is an error. */
  async told(control: Control): Promise<Report> {
    const answer = await this.control(control);
    if (answer.ok) return answer.value;
    throw new BackendError('protocol', `control ${control.action} answers ${errnoName(answer.errno)}`);
  }

  async #controlled(control: Control): Promise<Answer<Report>> {
    const answer = await this.session.backend.control(control);
    this.recorder.add({ pid: 0, call: 'control', detail: words(control as never), answer: reportOf(answer) });
    return answer;
  }

  /** Tells the backend which scenario comes next. */
  async begin(scenario: string): Promise<void> {
    const begun = this.session.backend.begin?.(scenario);
    if (begun !== undefined) await this.ask(begun, 'begin');
  }

  async reset(): Promise<ResetReport> {
    // It may have to end what hangs, or to start a machine: a backend has a deadline of its own for that.
    const report = await this.session.backend.reset();
    this.recorder.add({ pid: 0, call: 'reset', answer: JSON.stringify(report.leaked) });
    return report;
  }

  get path(): string {
    return this.session.description.devices[0]?.path ?? '';
  }

  /** Name of the device controls are about. */
  get device(): string {
    return this.session.description.devices[0]?.name ?? '';
  }

  /** What a check keeps of a call. */
  sentCall(result: Result): SentCall {
    return { abi: this.session.abi.id, request: result.request, sent: hex(result.before), answer: result.answer };
  }
}

function reportOf(answer: Answer<Report>): string {
  return answer.ok ? JSON.stringify(answer.value) : `-${errnoName(answer.errno)}`;
}
