/** A process on the other side: each call is a message. */
import { BackendError, type Answer, type IoctlCall, type Process, type WriteCall } from '../backend.ts';
import type { Region } from '../../spec/abi/abi.ts';
import { ERRNO } from '../../spec/errno.ts';
import type { Connection } from './connection.ts';
import type { Answered, Changed, Method, Params, Result } from './messages.ts';
import { addressText, answerOf, bytesOf, hexOf, memoryText } from './wire.ts';

type Refused = Extract<Answer, { ok: false }>;

/** What has ended has no open files. */
const GONE: Refused = { ok: false, errno: ERRNO.EBADF };

/** What a device answers with where it succeeds. */
type ValueOf<M extends Method> = Extract<Result<M>, { readonly value: unknown }>['value'];

export class RemoteProcess implements Process {
  readonly pid: number;
  readonly #connection: Connection;
  readonly #adopt: (pid: number) => RemoteProcess;
  /** True once it has been told to end, by itself or with all others. */
  ended = false;

  constructor(connection: Connection, pid: number, adopt: (pid: number) => RemoteProcess) {
    this.#connection = connection;
    this.pid = pid;
    this.#adopt = adopt;
  }

  open(path: string, flags = 2): Promise<Answer> {
    return this.#ask('open', { process: this.pid, path, flags });
  }

  async ioctl({ fd, request, regions, patches }: IoctlCall): Promise<Answer> {
    if (this.ended) return GONE;
    const call = `{"process":${String(this.pid)},"fd":${String(fd)},"request":${String(request)},`;
    const result = await this.#connection.callText('ioctl', `${call}${memoryText(regions, patches)}}`);
    if (result.regions !== undefined) update(regions, result.regions, 'ioctl');
    return answerOf(result);
  }

  async write({ fd, regions, patches, cut }: WriteCall): Promise<Answer> {
    if (this.ended) return GONE;
    const call = `{"process":${String(this.pid)},"fd":${String(fd)},`;
    const pieces = cut === undefined ? '' : `,"cut":${String(cut)}`;
    const result = await this.#connection.callText('write', `${call}${memoryText(regions, patches)}${pieces}}`);
    if (result.regions !== undefined) update(regions, result.regions, 'write');
    return answerOf(result);
  }

  async read(fd: number, length: number): Promise<Answer<Uint8Array>> {
    return inBytes(await this.#ask('read', { process: this.pid, fd, length }), 'read', length);
  }

  async poll(entries: Parameters<Process['poll']>[0], wait: boolean): Promise<Answer<readonly number[]>> {
    const asked = entries.map(({ fd, events }) => [fd, events] as const);
    const answer = await this.#ask('poll', { process: this.pid, entries: asked, wait });
    if (answer.ok && answer.value.length !== entries.length)
      throw misfit('poll', `${String(answer.value.length)} entries instead of ${String(entries.length)}`);
    return answer;
  }

  fcntl(fd: number, command: Parameters<Process['fcntl']>[1], argument = 0): Promise<Answer> {
    return this.#ask('fcntl', { process: this.pid, fd, command, argument });
  }

  async map(fd: number, length: number, offset = 0): Promise<Answer<bigint>> {
    const answer = await this.#ask('map', { process: this.pid, fd, length, offset });
    return answer.ok ? { ok: true, value: BigInt(answer.value) } : answer;
  }

  unmap(address: bigint, length: number): Promise<Answer> {
    return this.#ask('unmap', { process: this.pid, address: addressText(address), length });
  }

  async load(address: bigint, length: number): Promise<Answer<Uint8Array>> {
    const answer = await this.#ask('load', { process: this.pid, address: addressText(address), length });
    if (answer.ok && answer.value.length !== 2 * length)
      throw misfit('load', `${String(answer.value.length / 2)} bytes instead of ${String(length)}`);
    return inBytes(answer, 'load', length);
  }

  store(address: bigint, bytes: Uint8Array): Promise<Answer> {
    return this.#ask('store', { process: this.pid, address: addressText(address), bytes: hexOf(bytes) });
  }

  close(fd: number): Promise<Answer> {
    return this.#ask('close', { process: this.pid, fd });
  }

  async fork(): Promise<Process> {
    if (this.ended) throw new BackendError('protocol', `process ${String(this.pid)} has ended and cannot fork`);
    const { process } = await this.#connection.call('fork', { process: this.pid });
    return this.#adopt(process);
  }

  sendFd(fd: number, to: Process): Promise<Answer> {
    const there = to instanceof RemoteProcess && !to.ended;
    if (!there) return Promise.resolve({ ok: false, errno: ERRNO.EINVAL });
    return this.#ask('sendFd', { process: this.pid, fd, to: to.pid });
  }

  async exit(): Promise<void> {
    if (this.ended) return;
    this.ended = true;
    await this.#connection.call('exit', { process: this.pid });
  }

  async #ask<M extends Method>(method: M, params: Params<M>): Promise<Answer<ValueOf<M>>> {
    if (this.ended) return GONE;
    return answerOf((await this.#connection.call(method, params)) as Answered<ValueOf<M>>);
  }
}

/** Writes what changed into the caller's memory. */
function update(regions: readonly Region[], changed: NonNullable<Changed['regions']>, method: Method): void {
  for (const [index, hex] of Object.entries(changed)) {
    const region = regions[Number(index)];
    const place = `result/regions/${index}`;
    if (region === undefined)
      throw misfit(method, `${place} is not among the ${String(regions.length)} that were sent`);
    if (hex.length !== 2 * region.bytes.length)
      throw misfit(method, `${place} has ${String(hex.length / 2)} bytes instead of ${String(region.bytes.length)}`);
    region.bytes.set(bytesOf(hex));
  }
}

function inBytes(answer: Answer<string>, method: Method, most: number): Answer<Uint8Array> {
  if (!answer.ok) return answer;
  if (answer.value.length > 2 * most)
    throw misfit(method, `result/value has ${String(answer.value.length / 2)} bytes, more than ${String(most)}`);
  return { ok: true, value: bytesOf(answer.value) };
}

function misfit(method: Method, what: string): BackendError {
  return new BackendError('protocol', `${method}: the agent is at fault: ${what}`);
}
