/** For tests: a process with the device open, making neutral calls and damaged ones over the byte interface. */
import { uverbs } from '../../../../spec/abi/uverbs/uverbs.ts';
import type { Call, Encoded, Reply } from '../../../../spec/abi/abi.ts';
import type { DamageName } from '../../../../spec/abi/damage_names.ts';
import type { Draft } from '../../../../spec/abi/uverbs/draft.ts';
import { compileSpec } from '../../../../spec/compile.ts';
import { packageRoot } from '../../../../spec/compile/files.ts';
import { errnoName } from '../../../../spec/errno.ts';
import type { Spec } from '../../../../spec/model.ts';
import { formatProblem } from '../../../../spec/problem.ts';
import type { Backend, Process } from '../../../backend.ts';
import { emulator } from '../../backend.ts';

export function testSpec(): Spec {
  const { spec, problems } = compileSpec(packageRoot());
  if (spec === undefined) throw new Error(problems.map(formatProblem).join('\n'));
  return spec;
}

export type Outcome = Reply | string;

export class Caller {
  readonly abi;
  readonly process: Process;
  readonly fd: number;

  private constructor(spec: Spec, process: Process, fd: number) {
    this.abi = uverbs(spec);
    this.process = process;
    this.fd = fd;
  }

  /** `greet`: whether the context is made at once. */
  static async open(
    spec: Spec,
    backend: Backend,
    options: { greet?: boolean; privileged?: boolean } = {},
  ): Promise<Caller> {
    const process = await backend.process({ privileged: options.privileged !== false });
    const opened = await process.open('/dev/infiniband/uverbs0');
    const caller = new Caller(spec, process, opened.ok ? opened.value : -1);
    if (options.greet !== false) for (const message of caller.abi.greeting()) await caller.send(message);
    return caller;
  }

  /** 'ok' or the name of the errno. */
  async send({ request, regions, patches }: Encoded): Promise<string> {
    const answer = await this.process.ioctl({ fd: this.fd, request, regions, patches });
    return answer.ok ? 'ok' : errnoName(answer.errno);
  }

  /** The reply, or the name of the errno. */
  async call(call: Call, change: (draft: Draft) => Draft = (draft) => draft): Promise<Outcome> {
    const encoded = this.abi.encode(change(this.abi.draft(call)));
    const outcome = await this.send(encoded);
    return outcome === 'ok' ? this.abi.reply(call, encoded) : outcome;
  }

  /** What each target of a damage answers: 'ok' or the name of the errno. */
  async damaged(call: Call, name: DamageName): Promise<Readonly<Record<string, string>>> {
    const damage = this.abi.damage[name];
    const draft = this.abi.draft(call);
    const outcomes: Record<string, string> = {};
    for (const target of damage?.targets(draft) ?? []) {
      outcomes[target] = await this.send(this.abi.encode(damage?.apply(draft, target) ?? draft));
    }
    return outcomes;
  }

  /** The handle of a new object; throws where it is refused. */
  async create(object: string, attributes: Call['attributes'] = {}, variant?: string): Promise<number> {
    const made = await this.call({ object, variant, method: 'create', attributes });
    if (typeof made === 'string') throw new Error(`${object} refused: ${made}`);
    return made.handle;
  }
}

export function verbs(spec: Spec, model = 'verbs'): Backend {
  return emulator({ spec, model, seed: 1, abi: 'uverbs' });
}

export const CAP = {
  max_send_wr: 4,
  max_recv_wr: 4,
  max_send_sge: 1,
  max_recv_sge: 1,
  max_inline_data: 0,
  reserved: 0,
};

/** An RC queue pair with what it needs. */
export async function connected(caller: Caller): Promise<{ pd: number; cq: number; qp: number }> {
  const pd = await caller.create('pd');
  const cq = await caller.create('cq', { cqe: 10, comp_vector: 0 });
  const qp = await caller.create('qp', { pd, send_cq: cq, recv_cq: cq, cap: CAP }, 'RC');
  return { pd, cq, qp };
}

/** Bytes of the request changed, or some more behind it. */
export function withRequest(change: (view: DataView) => void, more = 0): (draft: Draft) => Draft {
  return (draft) => ({
    ...draft,
    attributes: draft.attributes.map((attribute) => {
      if (attribute.name !== 'core_in') return attribute;
      const payload = new Uint8Array(attribute.payload.length + more);
      payload.set(attribute.payload);
      change(new DataView(payload.buffer));
      return { ...attribute, payload };
    }),
  });
}
