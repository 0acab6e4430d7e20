/** Posting work requests to queue pairs and shared receive queues: what is refused, what is kept, what begins. */
import type { StructValue } from '../../../spec/abi/abi.ts';
import { ERRNO } from '../../../spec/errno.ts';
import type { Posting, Spec } from '../../../spec/model.ts';
import type { AhState } from '../classes/ah.ts';
import { idOf } from '../classes/ids.ts';
import type { QpState } from '../classes/qp_state.ts';
import type { SrqState } from '../classes/srq.ts';
import type { Call } from '../core/call.ts';
import type { Instance } from '../core/instance.ts';
import type { Rule } from '../rules.ts';
import { mannersOf } from './sending.ts';
import { bytesOf, type Piece, type ReceiveWork, type SendWork } from './work.ts';

const { EINVAL, ENOMEM, EOPNOTSUPP, EFAULT } = ERRNO;

/** Operations this emulator carries out. */
const CARRIED_OUT = ['SEND', 'SEND_WITH_IMM'];

export function postRules(spec: Spec): Readonly<Record<string, readonly Rule<Call>[]>> {
  const id = (name: string): number => idOf(spec, 'qp', name);
  const [wrId, opcode, flags, list] = [id('wr_id'), id('opcode'), id('send_flags'), id('sg_list')];
  const [ah, qpn, qkey, immediate] = [id('ah'), id('remote_qpn'), id('remote_qkey'), id('imm_data')];
  const [srqWrId, srqList] = [idOf(spec, 'srq', 'wr_id'), idOf(spec, 'srq', 'sg_list')];
  const bits = spec.flags['send_flags'] ?? {};
  const opcodes = spec.enums['send_opcode'] ?? {};
  const carriedOut = new Set(CARRIED_OUT.map((name) => opcodes[name]));
  const withImmediate = opcodes['SEND_WITH_IMM'];
  const qpOf = (call: Call): QpState => (call.target as Instance<QpState>).state;
  const srqOf = (call: Call): SrqState => (call.target as Instance<SrqState>).state;
  const pieces = (call: Call, attribute: number): Piece[] =>
    call.has(attribute) ? ((call.objects[attribute] ?? []) as readonly StructValue[]).map(pieceOf) : [];
  const cap = (call: Call, field: string): number => Number(qpOf(call).cap[field] ?? 0);
  const flagged = (call: Call, name: string): boolean =>
    call.has(flags) && ((call.numbers[flags] ?? 0) & (bits[name] ?? 0)) !== 0;
  const outcomes = postingByState(spec);
  const outcome = (call: Call, queue: 'send' | 'receive'): Posting | undefined => outcomes[queue][qpOf(call).state];
  const unserved: Rule<Call> = {
    clause: 'post-scope',
    apply: (call) => (mannersOf(qpOf(call).type) === undefined ? EOPNOTSUPP : 0),
  };
  const inState = (clause: string, queue: 'send' | 'receive'): Rule<Call> => ({
    clause,
    apply: (call) => (outcome(call, queue) === 'refused' ? EINVAL : 0),
  });
  const receive = (call: Call, name: number, memory: number): ReceiveWork => ({
    id: call.objects[name] as bigint,
    pieces: pieces(call, memory),
  });

  /** Bytes taken out of the caller's memory at once. */
  function inlineData(call: Call): Uint8Array | undefined {
    const parts = pieces(call, list);
    const bytes = new Uint8Array(bytesOf(parts));
    let at = 0;
    for (const { addr, length } of parts) {
      const part = call.process?.memory.load(addr, length);
      if (part === undefined) return undefined;
      bytes.set(part, at);
      at += length;
    }
    return bytes;
  }

  function sendOf(call: Call): SendWork {
    const number = (attribute: number): number => call.numbers[attribute] ?? 0;
    const operation = number(opcode);
    const target = call.has(ah) ? (call.instance(ah) as Instance<AhState>) : undefined;
    return {
      id: call.objects[wrId] as bigint,
      opcode: operation,
      reported: qpOf(call).reportsAll || flagged(call, 'SIGNALED'),
      solicited: flagged(call, 'SOLICITED'),
      pieces: pieces(call, list),
      inline: flagged(call, 'INLINE') ? inlineData(call) : undefined,
      immediate: operation === withImmediate ? (call.has(immediate) ? number(immediate) : 0) : undefined,
      destination: target && { ah: target, qpn: number(qpn), qkey: number(qkey) },
      begun: outcome(call, 'send') === 'processed',
      timed: false,
    };
  }

  return {
    'qp.post_send': [
      unserved,
      inState('post-send-state', 'send'),
      {
        clause: 'post-opcode',
        apply: (call) => (carriedOut.has(call.numbers[opcode] ?? 0) ? 0 : EINVAL),
      },
      {
        clause: 'post-sge-maximum',
        apply: (call) => (pieces(call, list).length > cap(call, 'max_send_sge') ? EINVAL : 0),
      },
      {
        clause: 'post-inline-maximum',
        apply: (call) =>
          flagged(call, 'INLINE') && bytesOf(pieces(call, list)) > cap(call, 'max_inline_data') ? EINVAL : 0,
      },
      {
        clause: 'post-queue-full',
        apply: (call) => (qpOf(call).sends.length >= cap(call, 'max_send_wr') ? ENOMEM : 0),
      },
      {
        clause: 'post-inline-readable',
        apply: (call) => (flagged(call, 'INLINE') && inlineData(call) === undefined ? EFAULT : 0),
      },
      {
        clause: 'post-accepts',
        apply: (call) => {
          const qp = call.target as Instance<QpState>;
          const work = sendOf(call);
          qp.state.sends.push(work);
          if (work.begun) call.device.work.launch(qp, work);
          return 0;
        },
      },
      {
        clause: 'post-flushed',
        apply: (call) => {
          if (outcome(call, 'send') === 'flushed') call.device.work.settle(call.target as Instance<QpState>);
          return 0;
        },
      },
    ],
    'qp.post_recv': [
      unserved,
      inState('post-recv-state', 'receive'),
      {
        clause: 'post-recv-srq',
        apply: (call) => (qpOf(call).parts.srq === undefined ? 0 : EINVAL),
      },
      {
        clause: 'post-sge-maximum',
        apply: (call) => (pieces(call, list).length > cap(call, 'max_recv_sge') ? EINVAL : 0),
      },
      {
        clause: 'post-queue-full',
        apply: (call) => (qpOf(call).receives.length >= cap(call, 'max_recv_wr') ? ENOMEM : 0),
      },
      {
        clause: 'post-accepts',
        apply: (call) => {
          qpOf(call).receives.push(receive(call, wrId, list));
          call.device.work.wake();
          return 0;
        },
      },
      {
        clause: 'post-flushed',
        apply: (call) => {
          if (outcome(call, 'receive') === 'flushed') call.device.work.settle(call.target as Instance<QpState>);
          return 0;
        },
      },
    ],
    'srq.post_recv': [
      {
        clause: 'post-sge-maximum',
        apply: (call) => (pieces(call, srqList).length > srqOf(call).maxSge ? EINVAL : 0),
      },
      {
        clause: 'post-queue-full',
        apply: (call) => (srqOf(call).receives.length >= srqOf(call).maxWr ? ENOMEM : 0),
      },
      {
        clause: 'post-accepts',
        apply: (call) => {
          srqOf(call).receives.push(receive(call, srqWrId, srqList));
          call.device.work.wake();
          return 0;
        },
      },
    ],
  };
}

function pieceOf(record: StructValue): Piece {
  return {
    addr: BigInt(record['addr'] ?? 0),
    length: Number(record['length'] ?? 0),
    lkey: Number(record['lkey'] ?? 0),
  };
}

/** The table of what becomes of posted work, by the numbers of the states. */
function postingByState(spec: Spec): Readonly<Record<'send' | 'receive', readonly (Posting | undefined)[]>> {
  const states = Object.entries(spec.enums['qp_state'] ?? {});
  const by = (queue: 'send' | 'receive'): (Posting | undefined)[] => {
    const list: (Posting | undefined)[] = [];
    for (const [state, number] of states) list[number] = spec.qp.posting[queue][state];
    return list;
  };
  return { send: by('send'), receive: by('receive') };
}
