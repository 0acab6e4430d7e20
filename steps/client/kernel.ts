/** Calls by a consumer inside the kernel, made through the control. */
import { BackendError, type Control } from '../../backends/backend.ts';
import { errnoName } from '../../spec/errno.ts';
import type { Client, Context } from './client.ts';
import { Refused, pathOn, tableOf } from './things.ts';

type KernelCall = Extract<Control, { action: 'kernel_call' }>;

/** Where the consumer is, and what it tells the driver. */
export type Mood = Pick<KernelCall, 'atomic' | 'sleepable'>;

export const MAY_SLEEP: Mood = { atomic: false, sleepable: true };
export const ATOMIC: Mood = { atomic: true, sleepable: false };

export interface KernelAnswer {
  /** `0`, or the errno's name. */
  readonly answer: string;
  readonly handle: number;
  readonly violations: number;
  readonly microseconds: number;
  /** Commands of the call that the device left unanswered. */
  readonly unanswered: number;
  /** Everything that was reported, by name. */
  readonly numbers: Readonly<Record<string, number>>;
}

export async function kernelCall(
  client: Client,
  mood: Mood,
  call: Pick<KernelCall, 'object' | 'method'> & Partial<KernelCall>,
): Promise<KernelAnswer> {
  const { device } = client;
  const answer = await client.control({ attributes: {}, ...call, ...mood, action: 'kernel_call', device });
  if (!answer.ok) throw new BackendError('protocol', `the control kernel_call is refused: ${errnoName(answer.errno)}`);
  const { errno = 0, handle = 0, violations = 0, microseconds = 0, unanswered = 0 } = answer.value;
  const numbers = answer.value;
  return { answer: errno === 0 ? '0' : errnoName(errno), handle, violations, microseconds, unanswered, numbers };
}

/** Address handles of the kernel in a protection domain of its own, along a sound path by the first port. */
export class KernelHandles {
  readonly #client: Client;
  readonly #attributes: KernelCall['attributes'];

  private constructor(client: Client, attributes: KernelCall['attributes']) {
    this.#client = client;
    this.#attributes = attributes;
  }

  static async prepare(context: Context): Promise<KernelHandles> {
    const { client } = context;
    const pd = await kernelCall(client, MAY_SLEEP, { object: 'pd', method: 'create' });
    const [path, value] = await pathOn(context, tableOf(client.session.spec, 'ah'));
    return new KernelHandles(client, { pd: pd.handle, [path]: value });
  }

  create(mood: Mood): Promise<KernelAnswer> {
    return kernelCall(this.#client, mood, { object: 'ah', method: 'create', attributes: this.#attributes });
  }

  /** One that is there to be destroyed. */
  async created(): Promise<KernelAnswer> {
    const made = await this.create(MAY_SLEEP);
    if (made.answer !== '0') throw new Refused('ah-kernel', made);
    return made;
  }

  destroy(mood: Mood, handle: number): Promise<KernelAnswer> {
    return kernelCall(this.#client, mood, { object: 'ah', method: 'destroy', on: handle });
  }

  /** Whether the protection domain is free: nothing that was refused uses it. */
  async end(): Promise<string> {
    const on = Number(this.#attributes['pd']);
    return (await kernelCall(this.#client, MAY_SLEEP, { object: 'pd', method: 'destroy', on })).answer;
  }
}
