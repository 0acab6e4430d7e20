/** JSON-RPC 2.0 on one link, as the client: many calls under way, a deadline for each, one end for all when the link is lost. */
import { BackendError } from '../backend.ts';
import { kindOf } from './errors.ts';
import { Lines } from './lines.ts';
import type { Link } from './link.ts';
import { ANSWERED_BY, FRAME, type Limits, type Method, type Params, type Result } from './messages.ts';
import { Outbox } from './outbox.ts';
import type { Schemas } from './schemas.ts';
import { LOOK_EVERY, UnderWay } from './under_way.ts';

export interface ConnectionOptions {
  readonly schemas: Schemas;
  /** Milliseconds within which the agent answers what needs no device. */
  readonly deadline: number;
  /** What is sent is checked too. */
  readonly validate: boolean;
}

/** Looks without a word from the agent before it is asked for a sign of life. */
const SILENCE = 40;
/** What an agent takes before it has said what it takes. */
const AT_FIRST = { frame: 65_536, inflight: 1 };

export class Connection {
  readonly #link: Link;
  readonly #options: ConnectionOptions;
  readonly #outbox: Outbox;
  readonly #underWay: UnderWay;
  /** Lines that wait because as many calls are under way as the agent takes. */
  #queue: { readonly id: number; readonly line: string }[] = [];
  readonly #timer: NodeJS.Timeout;
  #limits: Pick<Limits, 'frame' | 'inflight'> = AT_FIRST;
  #nextId = 1;
  /** Looks since the agent was heard. */
  #silence = 0;
  #failing: Promise<void> | undefined;
  #loss: BackendError | undefined;
  /** Whether a caller has heard of the loss. */
  lossTold = false;

  constructor(link: Link, options: ConnectionOptions) {
    this.#link = link;
    this.#options = options;
    this.#outbox = new Outbox(link.to);
    this.#underWay = new UnderWay(options.deadline);
    this.#listen();
    this.#timer = setInterval(() => {
      this.#look();
    }, LOOK_EVERY);
    this.#timer.unref();
  }

  /** The id of the next call. */
  get nextId(): number {
    return this.#nextId;
  }

  /** What the agent said in `hello`. */
  limit(limits: Limits): void {
    this.#limits = limits;
  }

  call<M extends Method>(method: M, params: Params<M>): Promise<Result<M>> {
    return this.callText(method, JSON.stringify(params));
  }

  /** `params` as JSON, for calls whose text is made by hand. */
  callText<M extends Method>(method: M, params: string): Promise<Result<M>> {
    return new Promise<Result<M>>((resolve, reject) => {
      const id = this.#nextId++;
      const line = `{"jsonrpc":"2.0","id":${String(id)},"method":"${method}","params":${params}}`;
      if (this.#loss !== undefined) this.lossTold = true;
      const wrong = this.#loss ?? this.#wrongWith(method, line, params);
      if (wrong !== undefined) {
        reject(wrong);
        return;
      }
      this.#underWay.add(id, { method, resolve, reject });
      // What clears away must get through when everything stands still.
      const full = this.#underWay.size - this.#queue.length > this.#limits.inflight;
      if (full && ANSWERED_BY[method] === 'device') this.#queue.push({ id, line });
      else this.#outbox.put(line);
    });
  }

  /** Says something that is not answered. */
  notify<M extends Method>(method: M, params: Params<M>): void {
    if (this.#loss !== undefined) return;
    this.#outbox.put(`{"jsonrpc":"2.0","method":"${method}","params":${JSON.stringify(params)}}`);
  }

  /** Every call with an id below `before` that is still out is given up. */
  giveUp(why: string, before: number): void {
    this.#underWay.giveUp(why, before);
    this.#admit();
  }

  /** Ends the link. `kindly`: the agent has been told. */
  async end(kindly: boolean): Promise<void> {
    clearInterval(this.#timer);
    this.#outbox.flush();
    const closed = new BackendError('crash', 'the connection to the agent was closed');
    this.#loss ??= closed;
    await this.#link.end(kindly);
    await this.#failing;
    this.#underWay.rejectAll(closed);
  }

  #listen(): void {
    const { from, to } = this.#link;
    const lines = new Lines(
      FRAME,
      (line) => {
        this.#take(line);
      },
      () => {
        this.#fail('protocol', `the agent is at fault: a message of it has more than ${String(FRAME)} bytes`);
      },
    );
    from.on('data', (chunk: Buffer) => {
      this.#silence = 0;
      lines.push(chunk);
    });
    const lost = (error?: Error | false): void => {
      const why = error instanceof Error ? `: ${error.message}` : '';
      this.#fail('crash', `the connection to the agent is lost${why}`);
    };
    from.on('end', lost);
    for (const stream of new Set([from, to])) stream.on('error', lost).on('close', lost);
  }

  #wrongWith(method: Method, line: string, params: string): BackendError | undefined {
    const { schemas, validate } = this.#options;
    if (line.length > this.#limits.frame) {
      const much = `${String(line.length)} bytes are more than the ${String(this.#limits.frame)} that it takes`;
      return new BackendError('resource', `${method} cannot be sent to the agent: ${much}`);
    }
    const wrong = validate ? schemas.message(method, 'params', JSON.parse(params)) : undefined;
    return wrong === undefined
      ? undefined
      : new BackendError('protocol', `${method}: the client is at fault: ${wrong}`);
  }

  /** One line from the agent: an answer, or the answers to a batch. */
  #take(line: string): void {
    if (this.#loss !== undefined) return;
    let said: unknown;
    try {
      said = JSON.parse(line);
    } catch {
      this.#fail('protocol', `the agent is at fault: this is not JSON: ${line.slice(0, 200)}`);
      return;
    }
    if (Array.isArray(said)) for (const one of said) this.#takeOne(one);
    else this.#takeOne(said);
  }

  #takeOne(said: unknown): void {
    const { schemas } = this.#options;
    const isError = typeof said === 'object' && said !== null && 'error' in said;
    const wrong = schemas.frame(isError ? 'error' : 'response', said);
    if (wrong !== undefined) {
      this.#fail('protocol', `the agent is at fault: ${wrong}`);
      return;
    }
    const { id, result, error } = said as {
      id: number | null;
      result: never;
      error?: { code: number; message: string };
    };
    if (id === null) {
      this.#fail(kindOf(error?.code ?? 0), `the agent refuses what it was sent: ${error?.message ?? ''}`);
      return;
    }
    const pending = this.#underWay.take(id);
    if (pending === 'abandoned') return;
    if (pending === undefined) {
      this.#fail('protocol', `the agent is at fault: it answers ${String(id)}, which nobody asks`);
      return;
    }
    this.#admit();
    const { method, resolve, reject } = pending;
    if (error !== undefined) {
      reject(new BackendError(kindOf(error.code), `${method}: the agent says: ${error.message}`));
      return;
    }
    const misfit = schemas.message(method, 'result', result);
    if (misfit === undefined) resolve(result);
    else reject(new BackendError('protocol', `${method}: the agent is at fault: ${misfit}`));
  }

  /** Lets go what there is room for. */
  #admit(): void {
    if (this.#queue.length === 0) return;
    this.#queue = this.#queue.filter(({ id }) => this.#underWay.has(id));
    const room = this.#limits.inflight - (this.#underWay.size - this.#queue.length);
    if (room > 0) for (const { line } of this.#queue.splice(0, room)) this.#outbox.put(line);
  }

  #look(): void {
    const silent = this.#underWay.look();
    this.#admit();
    if (silent !== undefined) this.#fail('hang', silent);
    this.#silence += 1;
    if (this.#silence < SILENCE) return;
    this.#silence = 0;
    this.call('ping', {}).catch(() => undefined);
  }

  /** From here on nothing is asked; whoever waits is told once it is known what the other end said. */
  #fail(kind: BackendError['kind'], why: string): void {
    if (this.#loss !== undefined) return;
    clearInterval(this.#timer);
    this.#loss = new BackendError(kind, why);
    this.#failing = this.#bury(kind, why);
  }

  async #bury(kind: BackendError['kind'], why: string): Promise<void> {
    if (kind !== 'crash') await this.#link.end(false);
    const epitaph = (await this.#link.epitaph?.()) ?? '';
    this.#loss = new BackendError(kind, epitaph === '' ? why : `${why}; ${epitaph}`);
    this.#queue = [];
    if (this.#underWay.rejectAll(this.#loss)) this.lossTold = true;
  }
}
