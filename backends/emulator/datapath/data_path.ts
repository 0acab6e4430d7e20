/** The data path of a device: sends are attempted, wait, are tried again, and end with a completion. All between its own queue pairs. */
import { seeded, type Random } from '../../../spec/seeded.ts';
import type { StructValue } from '../../../spec/abi/abi.ts';
import type { Spec } from '../../../spec/model.ts';
import type { Completed } from '../classes/cq_notify.ts';
import { idOf } from '../classes/ids.ts';
import type { SendCompletion } from '../classes/qp_hardware.ts';
import type { QpState } from '../classes/qp_state.ts';
import type { Device } from '../core/device.ts';
import type { Instance } from '../core/instance.ts';
import { pipelineOf, type Pipelines, type Step } from '../rules.ts';
import { recordOf, type Completing } from './complete.ts';
import type { Reach } from './memory.ts';
import { NOT_READY, NO_PEER, mannersOf, statusesOf, type Sending } from './sending.ts';
import type { Draining, Settling } from './states.ts';
import type { SendWork } from './work.ts';

/** The value of rnr_retry that stands for no limit. */
const WITHOUT_LIMIT = 7;
/** Calls within which a message that may overtake others arrives. */
const SPREAD = 6;
const NOTHING = new Uint8Array();
const REFUSED_BY_QUEUE = 1;

export class DataPath {
  readonly reach: Step<Reach>;
  readonly #device: Device;
  readonly #sending: Step<Sending>;
  readonly #completing: Step<Completing>;
  readonly #notifying: Step<Completed>;
  readonly #completed: Step<SendCompletion>;
  readonly #settling: Step<Settling>;
  readonly #draining: Step<Draining>;
  readonly #random: Random;
  readonly #numbers: { readonly retries: number; readonly rnrRetries: number; readonly sqd: number };
  readonly #status: (name: string) => number;
  readonly #opcodes: ReadonlyMap<number, number>;
  /** Queue pairs with sends that wait for another queue pair. */
  readonly #waiting = new Set<Instance<QpState>>();
  /** Queue pairs whose sends are being attempted now. */
  readonly #busy = new Set<Instance<QpState>>();

  constructor(spec: Spec, pipelines: Pipelines, device: Device, seed: number) {
    this.#device = device;
    this.reach = pipelineOf<Reach>(pipelines, 'memory.reach');
    this.#sending = pipelineOf<Sending>(pipelines, 'work.send');
    this.#completing = pipelineOf<Completing>(pipelines, 'work.complete');
    this.#notifying = pipelineOf<Completed>(pipelines, 'cq.complete');
    this.#completed = pipelineOf<SendCompletion>(pipelines, 'qp.complete');
    this.#settling = pipelineOf<Settling>(pipelines, 'work.settle');
    this.#draining = pipelineOf<Draining>(pipelines, 'work.drained');
    this.#random = seeded(seed);
    this.#numbers = {
      retries: idOf(spec, 'qp', 'retry_cnt'),
      rnrRetries: idOf(spec, 'qp', 'rnr_retry'),
      sqd: spec.enums['qp_state']?.['SQD'] ?? 4,
    };
    this.#status = statusesOf(spec);
    this.#opcodes = completedAs(spec);
  }

  /** The queue pair is put into a state by the device. */
  move(qp: Instance<QpState>, state: number): void {
    qp.state.state = state;
    this.settle(qp);
  }

  /** Draws the consequences of the state a queue pair is in, and goes on with what became possible. */
  settle(qp: Instance<QpState>): void {
    const { state } = qp;
    const from = state.settled;
    state.settled = state.state;
    this.#settling({ device: this.#device, qp, from });
    this.progress(qp);
    this.wake();
  }

  drained(qp: Instance<QpState>): void {
    this.#draining({ device: this.#device, qp });
  }

  /** Attempts what waits for another queue pair once more. */
  wake(): void {
    for (const qp of [...this.#waiting]) {
      this.#waiting.delete(qp);
      this.progress(qp);
    }
  }

  /** Attempts the sends that have begun: the oldest first, or each by itself where order does not count. */
  progress(qp: Instance<QpState>): void {
    const manners = mannersOf(qp.state.type);
    if (manners === undefined || this.#busy.has(qp)) return;
    this.#busy.add(qp);
    if (manners.ordered) {
      for (let head = qp.state.sends[0]; head?.begun === true; head = qp.state.sends[0])
        if (!this.#attempted(qp, head)) break;
    } else {
      // One that fails may take the others with it.
      for (const work of [...qp.state.sends])
        if (work.begun && !work.timed && qp.state.sends.includes(work)) this.#attempted(qp, work);
    }
    this.#busy.delete(qp);
  }

  /** A send that may overtake others arrives some calls after it has begun. */
  launch(qp: Instance<QpState>, work: SendWork): void {
    if (mannersOf(qp.state.type)?.ordered === false) {
      this.#later(qp, work, 1 + this.#random(SPREAD), () => {
        this.progress(qp);
      });
    } else this.progress(qp);
  }

  /** Reports a completion, and notifies whoever armed the queue. Only a receive is solicited, by its sender. */
  report(source: Instance<QpState>, queue: 'send' | 'receive', record: StructValue, solicited: boolean): void {
    const { sendCq, recvCq } = source.state.parts;
    const cq = queue === 'send' ? sendCq : recvCq;
    if (cq === undefined) return;
    const device = this.#device;
    const completion = { source, record };
    if (this.#completing({ device, cq, completion }) === REFUSED_BY_QUEUE) return;
    this.#notifying({ device, cq, solicited, failed: record['status'] !== 0, wanted: false });
  }

  /** Takes back what was reported of a queue pair and not polled. */
  forget(source: Instance<QpState>): void {
    const { sendCq, recvCq } = source.state.parts;
    for (const cq of [sendCq, recvCq]) {
      if (cq !== undefined)
        cq.state.completions = cq.state.completions.filter((completion) => completion.source !== source);
    }
  }

  /** False where the send waits. */
  #attempted(qp: Instance<QpState>, work: SendWork): boolean {
    const outcome = this.#outcome(qp, work);
    if (outcome === NO_PEER) this.#wait(qp, work, 'RETRY_EXC_ERR', qp.state.numbers[this.#numbers.retries] ?? 0);
    else if (outcome === NOT_READY) {
      const retries = qp.state.numbers[this.#numbers.rnrRetries] ?? 0;
      const patient = retries === WITHOUT_LIMIT || mannersOf(qp.state.type)?.ordered === false;
      this.#wait(qp, work, 'RNR_RETRY_EXC_ERR', patient ? Infinity : retries);
    } else {
      this.#finish(qp, work, Math.max(0, outcome));
      return true;
    }
    return false;
  }

  #outcome(qp: Instance<QpState>, work: SendWork): number {
    return this.#sending({ device: this.#device, qp, work, bytes: NOTHING, peer: undefined, receive: undefined });
  }

  /** It is tried again at every change, and fails after as many calls as it has retries. */
  #wait(qp: Instance<QpState>, work: SendWork, failure: string, retries: number): void {
    this.#waiting.add(qp);
    if (work.timed || retries === Infinity) return;
    this.#later(qp, work, retries + 1, () => {
      if (this.#outcome(qp, work) < 0) this.#finish(qp, work, this.#status(failure));
      else this.progress(qp);
    });
  }

  #later(qp: Instance<QpState>, work: SendWork, calls: number, then: () => void): void {
    work.timed = true;
    this.#device.clock.after(calls, () => {
      work.timed = false;
      if (qp.state.sends.includes(work)) then();
    });
  }

  #finish(qp: Instance<QpState>, work: SendWork, status: number): void {
    if (!qp.state.sends.includes(work)) return;
    const failed = status !== 0;
    const draining = qp.state.draining;
    if (failed || work.reported) {
      const opcode = this.#opcodes.get(work.opcode) ?? 0;
      const byteLength = work.pieces.reduce((sum, piece) => sum + piece.length, 0);
      const record = recordOf({ wr_id: work.id, status, opcode, byte_len: byteLength, qp_num: qp.state.qpn });
      this.report(qp, 'send', record, false);
    }
    this.#completed({ device: this.#device, instance: qp, qp: qp.state, work, failed });
    if (draining && !qp.state.draining && qp.state.state === this.#numbers.sqd) this.drained(qp);
  }
}

/** What a completion calls the operation of a send. */
function completedAs(spec: Spec): ReadonlyMap<number, number> {
  const [sends, completions] = [spec.enums['send_opcode'] ?? {}, spec.enums['wc_opcode'] ?? {}];
  return new Map([
    [sends['SEND'] ?? 2, completions['SEND'] ?? 0],
    [sends['SEND_WITH_IMM'] ?? 3, completions['SEND'] ?? 0],
  ]);
}
