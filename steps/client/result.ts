/** One ioctl, or one write, as it went: what was sent, what came back. Everything in words is made only when somebody asks. */
import type { Answer } from '../../backends/backend.ts';
import type { Abi, Call, Encoded, Reply } from '../../spec/abi/abi.ts';
import { errnoName } from '../../spec/errno.ts';

const NOTHING = new Uint8Array();

export class Result {
  readonly pid: number;
  readonly fd: number;
  readonly encoded: Encoded;
  /** The bytes of every region before the call; `encoded.regions` holds them as they are afterwards. */
  readonly sent: readonly Uint8Array[];
  /** 0, or the errno's number. */
  readonly errno: number;
  /** What a call that succeeded answers: 0, or how many bytes it took. */
  readonly value: number;
  readonly #abi: Pick<Abi, 'reply'>;
  readonly #call: Call | undefined;
  #reply: Reply | undefined;

  constructor(
    abi: Pick<Abi, 'reply'>,
    pid: number,
    fd: number,
    encoded: Encoded,
    sent: readonly Uint8Array[],
    answer: Answer,
    call: Call | undefined,
  ) {
    this.#abi = abi;
    this.pid = pid;
    this.fd = fd;
    this.encoded = encoded;
    this.sent = sent;
    this.errno = answer.ok ? 0 : answer.errno;
    this.value = answer.ok ? answer.value : 0;
    this.#call = call;
  }

  /** `0`, or the errno's name. */
  get answer(): string {
    return this.errno === 0 ? '0' : errnoName(this.errno);
  }

  get request(): number {
    return this.encoded.request;
  }

  /** Region 0 before the call. */
  get before(): Uint8Array {
    return this.sent[0] ?? NOTHING;
  }

  /** Region 0 after the call. */
  get after(): Uint8Array {
    return this.encoded.regions[0]?.bytes ?? NOTHING;
  }

  /** Outputs of a successful call; undefined where it was refused, or where nobody said what the bytes stand for. */
  get reply(): Reply | undefined {
    if (this.errno !== 0 || this.#call === undefined) return undefined;
    return (this.#reply ??= this.#abi.reply(this.#call, this.encoded));
  }
}
