/** One attempt of a device to carry out a send work request, and what such an attempt can come to. */
import type { Spec } from '../../../spec/model.ts';
import type { QpState } from '../classes/qp_state.ts';
import type { Device } from '../core/device.ts';
import type { Instance } from '../core/instance.ts';
import type { ReceiveWork, SendWork } from './work.ts';

/** What rules answer beside the numbers of enum wc_status: there is nobody to send to, */
export const NO_PEER = -1;
/** the other side has no receive posted, */
export const NOT_READY = -2;
/** the message is lost and nobody is told. */
export const LOST = -3;

export interface Sending {
  readonly device: Device;
  readonly qp: Instance<QpState>;
  readonly work: SendWork;
  /** Filled on the way. */
  bytes: Uint8Array;
  peer: Instance<QpState> | undefined;
  receive: ReceiveWork | undefined;
}

/** What the types differ in on the way of a message. */
export interface Manners {
  /** Goes where each work request says, not to one peer. */
  readonly datagram: boolean;
  /** Nothing is lost: the sender waits, and is told. */
  readonly reliable: boolean;
  /** Messages arrive in the order in which they were sent. */
  readonly ordered: boolean;
  /** Bytes in front of the payload in a receive buffer. */
  readonly area: number;
}

const MANNERS: Readonly<Record<string, Manners>> = {
  RC: { datagram: false, reliable: true, ordered: true, area: 0 },
  UC: { datagram: false, reliable: false, ordered: true, area: 0 },
  UD: { datagram: true, reliable: false, ordered: true, area: 40 },
  DRIVER: { datagram: true, reliable: true, ordered: false, area: 0 },
};

/** Undefined for types whose work requests this emulator does not carry out. */
export function mannersOf(type: string): Manners | undefined {
  return MANNERS[type];
}

export function mannersFor({ qp }: Sending): Manners {
  return MANNERS[qp.state.type] as Manners;
}

/** Numbers of enum wc_status by name. */
export function statusesOf(spec: Spec): (name: string) => number {
  return (name) => {
    const number = spec.enums['wc_status']?.[name];
    if (number === undefined) throw new RangeError(`the spec has no completion status ${name}`);
    return number;
  };
}
