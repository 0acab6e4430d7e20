/** Test support: an agent that says what a test tells it to, on streams in memory. */
import { PassThrough } from 'node:stream';
import type { Link } from './link.ts';
import { Lines } from './lines.ts';
import { FRAME } from './messages.ts';

/** A message as the agent got it. */
export interface Heard {
  readonly id?: number;
  readonly method: string;
  readonly params: Readonly<Record<string, unknown>>;
}

/** The two ends of a way. */
export interface Pipe {
  readonly link: Link;
  readonly from: PassThrough;
  readonly to: PassThrough;
}

export function pipe(): Pipe {
  const [there, back] = [new PassThrough(), new PassThrough()];
  const end = (): Promise<void> => {
    there.destroy();
    back.destroy();
    return Promise.resolve();
  };
  return { link: { from: back, to: there, end }, from: there, to: back };
}

export const LIMITS = { frame: 1 << 20, batch: 8, inflight: 64, processes: 8, regions: 8, bytes: 65536 };

const GREETING = { protocol: 1, agent: 'scripted 1', limits: LIMITS };

/** What the agent answers to a message: a result, text to send as it is, or nothing. */
export type Script = (heard: Heard, agent: ScriptedAgent) => object | string | undefined;

export class ScriptedAgent {
  readonly link: Link;
  readonly heard: Heard[] = [];
  /** How many chunks the client wrote: a write of it is one. */
  writes = 0;
  readonly #to: PassThrough;

  /** Says hello, gives processes, and is as it must be at reset, ping and bye; the script comes first. */
  constructor(script: Script = () => undefined) {
    const { link, from, to } = pipe();
    this.link = link;
    this.#to = to;
    const take = (line: string): void => {
      const heard = JSON.parse(line) as Heard;
      this.heard.push(heard);
      const said = script(heard, this) ?? usual(heard);
      if (typeof said === 'string') this.say(said);
      else if (said !== undefined) this.answer(heard.id ?? 0, said);
    };
    const lines = new Lines(FRAME, take, () => undefined);
    from.on('data', (chunk: Buffer) => {
      this.writes += 1;
      lines.push(chunk);
    });
  }

  say(text: string): void {
    this.#to.write(`${text}\n`);
  }

  answer(id: number, result: object): void {
    this.say(JSON.stringify({ jsonrpc: '2.0', id, result }));
  }

  refuse(id: number | null, code: number, message: string): void {
    this.say(JSON.stringify({ jsonrpc: '2.0', id, error: { code, message } }));
  }

  /** The connection ends, as when a machine goes. */
  die(): void {
    this.#to.destroy();
  }
}

function usual({ method }: Heard): object | undefined {
  switch (method) {
    case 'hello':
      return GREETING;
    case 'process':
      return { process: 7 };
    case 'reset':
      return { leaked: {} };
    case 'ping':
    case 'bye':
      return {};
    default:
      return undefined;
  }
}
