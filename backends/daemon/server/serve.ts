/** A backend behind the protocol: takes lines, answers lines. Garbage is answered by an error, and the next line is taken. */
import type { Readable, Writable } from 'node:stream';
import { BackendError } from '../../backend.ts';
import { CODE, Refusal } from '../errors.ts';
import { Lines } from '../lines.ts';
import { FRAME, isMethod, type Method } from '../messages.ts';
import { Outbox } from '../outbox.ts';
import type { Schemas } from '../schemas.ts';
import { HANDLERS } from './methods.ts';
import { LIMITS, Session, type SessionOptions } from './session.ts';

/** Resolves when the client has gone, by its own word or without. */
export function serveClient(from: Readable, to: Writable, schemas: Schemas, options: SessionOptions): Promise<void> {
  return new Serving(from, to, schemas, options).gone;
}

class Serving {
  readonly gone: Promise<void>;
  readonly #schemas: Schemas;
  readonly #session: Session;
  readonly #outbox: Outbox;
  #underWay = 0;

  constructor(from: Readable, to: Writable, schemas: Schemas, options: SessionOptions) {
    this.#schemas = schemas;
    this.#session = new Session(options);
    this.#outbox = new Outbox(to);
    const lines = new Lines(
      FRAME,
      (line) => {
        this.#take(line);
      },
      () => {
        this.#outbox.put(errorText(null, CODE.tooLarge, `a message has at most ${String(FRAME)} bytes`));
      },
    );
    from.on('data', (chunk: Buffer) => {
      lines.push(chunk);
      // Answers nobody takes must not pile up.
      if (to.writableNeedDrain) from.pause();
    });
    to.on('drain', () => {
      from.resume();
    });
    this.gone = new Promise((resolve) => {
      const leave = (): void => {
        void this.#session.close().then(resolve, resolve);
      };
      from.once('end', leave).once('close', leave).on('error', leave);
      to.once('close', leave).on('error', leave);
      this.#leave = leave;
    });
  }

  #leave: () => void = () => undefined;

  #take(line: string): void {
    let said: unknown;
    try {
      said = JSON.parse(line);
    } catch {
      this.#outbox.put(errorText(null, CODE.parse, 'this is not JSON'));
      return;
    }
    if (Array.isArray(said)) this.#takeBatch(said);
    else
      this.#takeOne(said, (answer) => {
        if (answer !== undefined) this.#outbox.put(answer);
      });
  }

  /** A batch is answered when its last message is; one of notifications alone not at all. */
  #takeBatch(batch: readonly unknown[]): void {
    if (batch.length === 0 || batch.length > LIMITS.batch) {
      this.#outbox.put(errorText(null, CODE.request, `a batch has 1 to ${String(LIMITS.batch)} messages`));
      return;
    }
    const answers: string[] = [];
    let left = batch.length;
    for (const one of batch) {
      this.#takeOne(one, (answer) => {
        if (answer !== undefined) answers.push(answer);
        left -= 1;
        if (left === 0 && answers.length > 0) this.#outbox.put(`[${answers.join(',')}]`);
      });
    }
  }

  #takeOne(said: unknown, settle: (answer: string | undefined) => void): void {
    const hasId = typeof said === 'object' && said !== null && 'id' in said;
    const wrong = this.#schemas.frame(hasId ? 'request' : 'notification', said);
    if (wrong !== undefined) {
      settle(errorText(idOf(said), CODE.request, wrong));
      return;
    }
    const { id, method, params } = said as { id?: number; method: string; params: object };
    const done = (answer: string): void => {
      settle(id === undefined ? undefined : answer);
    };
    if (this.#underWay >= LIMITS.inflight) {
      done(errorText(id ?? null, CODE.tooLarge, `${String(LIMITS.inflight)} calls are under way already`));
      return;
    }
    this.#underWay += 1;
    this.#answer(method, params).then(
      (result) => {
        this.#underWay -= 1;
        done(`{"jsonrpc":"2.0","id":${String(id)},"result":${result}}`);
        if (this.#session.over) this.#farewell();
      },
      (thrown: unknown) => {
        this.#underWay -= 1;
        const { code, message } = refusalOf(thrown);
        done(errorText(id ?? null, code, message));
      },
    );
  }

  async #answer(method: string, params: object): Promise<string> {
    if (!isMethod(method)) throw new Refusal(CODE.method, `there is no method ${JSON.stringify(method.slice(0, 60))}`);
    if (!this.#session.greeted && method !== 'hello') throw new Refusal(CODE.request, `hello comes before ${method}`);
    const misfit = this.#schemas.message(method, 'params', params);
    if (misfit !== undefined) throw new Refusal(CODE.params, misfit);
    const outcome = await HANDLERS[method](this.#session, params as never);
    const text = typeof outcome === 'string' ? outcome : JSON.stringify(outcome);
    if (this.#session.options.validate) this.#checkOwn(method, text);
    return text;
  }

  #checkOwn(method: Method, text: string): void {
    const wrong = this.#schemas.message(method, 'result', JSON.parse(text));
    if (wrong !== undefined) throw new Refusal(CODE.protocol, `${method}: the agent is at fault: ${wrong}`);
  }

  #farewell(): void {
    this.#outbox.flush();
    this.#leave();
  }
}

function errorText(id: number | null, code: number, message: string): string {
  return JSON.stringify({ jsonrpc: '2.0', id, error: { code, message: message.slice(0, 2000) } });
}

/** The id a broken request has all the same. */
function idOf(said: unknown): number | null {
  const { id } = Object(said) as { id?: unknown };
  return typeof id === 'number' && Number.isSafeInteger(id) && id > 0 ? id : null;
}

function refusalOf(thrown: unknown): { readonly code: number; readonly message: string } {
  if (thrown instanceof Refusal) return thrown;
  if (thrown instanceof BackendError) return { code: CODE[thrown.kind], message: thrown.message };
  return { code: CODE.crash, message: thrown instanceof Error ? thrown.message : String(thrown) };
}
