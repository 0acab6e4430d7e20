/** The receiver's side of a message: whether it fits and may be written, where it goes, and what is reported of it. */
import type { Spec } from '../../../spec/model.ts';
import type { QpState } from '../classes/qp_state.ts';
import type { Instance } from '../core/instance.ts';
import type { Rule } from '../rules.ts';
import { recordOf } from './complete.ts';
import { write } from './memory.ts';
import { LOST, mannersFor, statusesOf, type Sending } from './sending.ts';
import { bytesOf, type Piece, type ReceiveWork } from './work.ts';

const GRH_BYTES = 40;
const IP_VERSION_6 = 0x60;
/** GRH: payload length, next header, hop limit. */
const LENGTH_AT = 4;
const NEXT_AT = 6;
const HOPS_AT = 7;
/** Where the source GID of an emulated port begins, and where both lie in the header. */
const LINK_LOCAL = 0xfe80000000000000n;
const SOURCE_AT = 8;
const TARGET_AT = 24;
const BTH = 0x1b;

export function placeRules(spec: Spec): readonly Rule<Sending>[] {
  const status = statusesOf(spec);
  const flags = spec.flags['wc_flags'] ?? {};
  const receive = spec.enums['wc_opcode']?.['RECV'] ?? 0;
  const ERR = spec.enums['qp_state']?.['ERR'] ?? 6;
  const peerOf = (sending: Sending): Instance<QpState> => sending.peer as Instance<QpState>;
  const receiveOf = (sending: Sending): ReceiveWork => sending.receive as ReceiveWork;

  /** The receiver reports what is wrong and stops; a reliable sender is told. */
  function failed(sending: Sending, local: number, remote: string): number {
    const { device } = sending;
    const peer = peerOf(sending);
    const record = recordOf({ wr_id: receiveOf(sending).id, status: local, qp_num: peer.state.qpn });
    device.work.report(peer, 'receive', record, false);
    device.work.move(peer, ERR);
    return mannersFor(sending).reliable ? status(remote) : LOST;
  }

  const needed = (sending: Sending): number => mannersFor(sending).area + sending.bytes.length;

  return [
    {
      clause: 'recv-length',
      apply: (sending) =>
        needed(sending) > bytesOf(receiveOf(sending).pieces)
          ? failed(sending, status('LOC_LEN_ERR'), 'REM_INV_REQ_ERR')
          : 0,
    },
    {
      clause: 'recv-protection',
      apply: (sending) => {
        const { device } = sending;
        const { srq, pd } = peerOf(sending).state.parts;
        for (const piece of touched(receiveOf(sending).pieces, needed(sending))) {
          const domain = srq === undefined ? pd : srq.state.pd;
          const refusal = device.work.reach({ device, pd: domain, piece, writes: true });
          if (refusal !== 0) return failed(sending, refusal, 'REM_OP_ERR');
        }
        return 0;
      },
    },
    {
      clause: 'datagram-area',
      apply: (sending) => {
        const { area } = mannersFor(sending);
        const framed = new Uint8Array(area + sending.bytes.length);
        framed.set(sending.bytes, area);
        sending.bytes = framed;
        return 0;
      },
    },
    {
      clause: 'datagram-grh',
      apply: (sending) => {
        if (mannersFor(sending).area === GRH_BYTES && hasGrh(sending)) writeGrh(sending);
        return 0;
      },
    },
    {
      clause: 'recv-data',
      apply: (sending) => {
        let at = 0;
        for (const piece of touched(receiveOf(sending).pieces, sending.bytes.length)) {
          if (!write(sending.device, piece, sending.bytes.subarray(at, at + piece.length)))
            return failed(sending, status('LOC_PROT_ERR'), 'REM_OP_ERR');
          at += piece.length;
        }
        return 0;
      },
    },
    {
      clause: 'recv-completion',
      apply: (sending) => {
        const { device, qp, work, bytes } = sending;
        const { datagram, area } = mannersFor(sending);
        const peer = peerOf(sending);
        const withGrh = area === GRH_BYTES && hasGrh(sending) ? (flags['GRH'] ?? 0) : 0;
        const record = recordOf({
          wr_id: receiveOf(sending).id,
          opcode: receive,
          byte_len: bytes.length,
          qp_num: peer.state.qpn,
          src_qp: datagram ? qp.state.qpn : 0,
          wc_flags: withGrh | (work.immediate === undefined ? 0 : (flags['WITH_IMM'] ?? 0)),
          imm_data: work.immediate ?? 0,
          port_num: work.destination?.ah.state.port ?? 0,
        });
        device.work.report(peer, 'receive', record, work.solicited);
        return 0;
      },
    },
  ];
}

/** The pieces that `length` bytes fall into, the last one cut. */
function touched(pieces: readonly Piece[], length: number): Piece[] {
  const found: Piece[] = [];
  let rest = length;
  for (const piece of pieces) {
    if (rest === 0) break;
    const part = Math.min(rest, piece.length);
    if (part > 0) found.push({ ...piece, length: part });
    rest -= part;
  }
  return found;
}

/** Every RoCE packet has a GRH; elsewhere the path says. */
function hasGrh({ work }: Sending): boolean {
  const path = work.destination?.ah.state.path;
  return path !== undefined && Number(path['is_global'] ?? 1) !== 0;
}

function writeGrh({ bytes, work }: Sending): void {
  const path = work.destination?.ah.state.path ?? {};
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  view.setUint8(0, IP_VERSION_6);
  view.setUint16(LENGTH_AT, bytes.length - GRH_BYTES, false);
  view.setUint8(NEXT_AT, BTH);
  view.setUint8(HOPS_AT, Number(path['hop_limit'] ?? 0));
  view.setBigUint64(SOURCE_AT, LINK_LOCAL, false);
  view.setBigUint64(TARGET_AT, BigInt(path['dgid_high'] ?? 0n), false);
  view.setBigUint64(TARGET_AT + 8, BigInt(path['dgid_low'] ?? 0n), false);
}
