/** A process whose calls are remembered as they return; ioctls are remembered by whoever sends them, who knows their messages. */
import {
  O_RDONLY,
  O_RDWR,
  O_WRONLY,
  type Answer,
  type FcntlCommand,
  type IoctlCall,
  type PollEntry,
  type Process,
  type WriteCall,
} from '../../backends/backend.ts';
import { errnoName } from '../../spec/errno.ts';
import type { TraceLine } from '../../spec/verdict/evidence.ts';
import { hex, memoryOf, type Recorder } from './recorder.ts';

const ACCESS: ReadonlyMap<number, string> = new Map([
  [O_RDONLY, 'O_RDONLY'],
  [O_WRONLY, 'O_WRONLY'],
  [O_RDWR, 'O_RDWR'],
]);

export class RecordedProcess implements Process {
  readonly #inner: Process;
  readonly #recorder: Recorder;
  readonly #privileged: boolean;

  constructor(inner: Process, recorder: Recorder, privileged: boolean) {
    this.#inner = inner;
    this.#recorder = recorder;
    this.#privileged = privileged;
  }

  get pid(): number {
    return this.#inner.pid;
  }

  ioctl(call: IoctlCall): Promise<Answer> {
    return this.#inner.ioctl(call);
  }

  async open(path: string, flags?: number): Promise<Answer> {
    const how = flags === undefined ? '' : `, ${ACCESS.get(flags) ?? `0x${flags.toString(16)}`}`;
    const answer = await (flags === undefined ? this.#inner.open(path) : this.#inner.open(path, flags));
    this.#add('open', answer, { detail: `${path}${how}`, ...(this.#privileged ? {} : { unprivileged: true }) });
    return answer;
  }

  async read(fd: number, length: number): Promise<Answer<Uint8Array>> {
    const answer = await this.#inner.read(fd, length);
    const seen = answer.ok ? { received: [hex(answer.value)] } : {};
    this.#add('read', lengthOf(answer), { fd, detail: `, ${String(length)}`, ...seen });
    return answer;
  }

  async write(call: WriteCall): Promise<Answer> {
    const sent = call.regions.map(({ bytes }) => hex(bytes));
    const answer = await this.#inner.write(call);
    const received = call.regions.map(({ bytes }) => hex(bytes));
    const detail = call.cut === undefined ? {} : { detail: `, cut at ${String(call.cut)}` };
    this.#add('write', answer, { fd: call.fd, sent, received, ...memoryOf(call), ...detail });
    return answer;
  }

  async poll(entries: readonly PollEntry[], wait: boolean): Promise<Answer<readonly number[]>> {
    const answer = await this.#inner.poll(entries, wait);
    const ready: Answer = answer.ok ? { ok: true, value: answer.value[0] ?? 0 } : answer;
    const [first] = entries;
    const asked = `, ${String(first?.events ?? 0)}${wait ? '' : ', 0'}`;
    this.#add('poll', ready, { ...(first === undefined ? {} : { fd: first.fd }), detail: asked });
    return answer;
  }

  async fcntl(fd: number, command: FcntlCommand, argument?: number): Promise<Answer> {
    const answer = await this.#inner.fcntl(fd, command, argument);
    const detail = `, ${command}${argument === undefined ? '' : `, 0x${argument.toString(16)}`}`;
    this.#add('fcntl', answer, { fd, detail });
    return answer;
  }

  async map(fd: number, length: number, offset?: number): Promise<Answer<bigint>> {
    const answer = await this.#inner.map(fd, length, offset);
    this.#add('map', answer, { fd, detail: `, ${String(length)}${offset === undefined ? '' : `, ${String(offset)}`}` });
    return answer;
  }

  async unmap(address: bigint, length: number): Promise<Answer> {
    const answer = await this.#inner.unmap(address, length);
    this.#add('unmap', answer, { detail: placeText(address, length) });
    return answer;
  }

  async load(address: bigint, length: number): Promise<Answer<Uint8Array>> {
    const answer = await this.#inner.load(address, length);
    this.#add('load', lengthOf(answer), { detail: placeText(address, length) });
    return answer;
  }

  async store(address: bigint, bytes: Uint8Array): Promise<Answer> {
    const answer = await this.#inner.store(address, bytes);
    this.#add('store', answer, { detail: placeText(address, bytes.length) });
    return answer;
  }

  async close(fd: number): Promise<Answer> {
    const answer = await this.#inner.close(fd);
    this.#add('close', answer, { fd });
    return answer;
  }

  async fork(): Promise<Process> {
    const child = await this.#inner.fork();
    this.#add('fork', { ok: true, value: child.pid });
    return new RecordedProcess(child, this.#recorder, this.#privileged);
  }

  async sendFd(fd: number, to: Process): Promise<Answer> {
    const answer = await this.#inner.sendFd(fd, to instanceof RecordedProcess ? to.#inner : to);
    this.#add('sendFd', answer, { fd, detail: `, process ${String(to.pid)}` });
    return answer;
  }

  async exit(): Promise<void> {
    await this.#inner.exit();
    this.#add('exit', { ok: true, value: 0 });
  }

  #add(call: TraceLine['call'], answer: Answer<number | bigint>, more: Partial<TraceLine> = {}): void {
    const words = answer.ok ? String(answer.value) : `-${errnoName(answer.errno)}`;
    this.#recorder.add({ pid: this.pid, call, ...more, answer: words });
  }
}

/** What a read answers: how many bytes. */
function lengthOf(answer: Answer<Uint8Array>): Answer {
  return answer.ok ? { ok: true, value: answer.value.length } : answer;
}

function placeText(address: bigint, length: number): string {
  return `0x${address.toString(16)}, ${String(length)}`;
}
