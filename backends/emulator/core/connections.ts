/**
 * What the ids of all files have in common: the addresses that are taken, the ports that addresses lead to, and the listeners.
 * An id keeps its state when it moves to another file, so state and instance are two things here.
 */
import type { QpState } from '../classes/qp_state.ts';
import { pipelineOf, type Pipelines, type Step } from '../rules.ts';
import type { Device } from './device.ts';
import type { Instance } from './instance.ts';

export interface Gid {
  readonly high: bigint;
  readonly low: bigint;
}

/** A port that is there. */
export interface CmPort {
  readonly device: Device;
  /** From 1. */
  readonly number: number;
}

/** A request on its way from a connecting id, until somebody takes it. */
export interface CmRequest {
  readonly from: CmId;
  readonly port: CmPort;
  readonly data: readonly number[];
}

export interface CmId {
  /** The object by which programs name it now. */
  owner: Instance<CmId>;
  readonly portSpace: number;
  userHandle: bigint;
  /** Number in enum `cm_state`. */
  state: number;
  /** Undefined while it is bound to no port, or to every one. */
  port: CmPort | undefined;
  gid: Gid;
  service: number;
  remoteGid: Gid;
  remoteService: number;
  /** The last words that came from the other side. */
  data: readonly number[];
  backlog: number;
  requests: CmRequest[];
  /** The listener that has its request. */
  waitsAt: CmId | undefined;
  /** The id of the other side, from when its request was taken. */
  peer: CmId | undefined;
  qp: Instance<QpState> | undefined;
}

export const NO_GID: Gid = { high: 0n, low: 0n };
const SUBNET = 0xfe80000000000000n;
const LAST_SERVICE = 0xffff;

/** The GID of a port at index 0. */
export function gidOf({ nodeGuid }: { readonly nodeGuid: bigint }, port: number): Gid {
  return { high: SUBNET, low: nodeGuid + BigInt(port) };
}

export function isSame(one: Gid, other: Gid): boolean {
  return one.high === other.high && one.low === other.low;
}

export class Connections {
  /** Ids that have taken an address. */
  readonly bound = new Set<CmId>();
  /** What becomes of an id that is destroyed, and of its connection. */
  readonly ending: Step<CmId>;
  readonly #plugged: () => Device;
  #lastService = 0;

  /** `plugged`: the device that the system-wide node sees. */
  constructor(pipelines: Pipelines, plugged: () => Device) {
    this.ending = pipelineOf<CmId>(pipelines, 'cm_id.end');
    this.#plugged = plugged;
  }

  /** The port of a GID, as a file of `device` sees it. */
  portAt(device: Device, gid: Gid): CmPort | undefined {
    const place = isSystem(device) ? this.#plugged() : device;
    const index = place.removed ? -1 : place.model.ports.findIndex((_, at) => isSame(gidOf(place.model, at + 1), gid));
    return index < 0 ? undefined : { device: place, number: index + 1 };
  }

  /** Whether another id has the address, or one that takes it in. */
  isTaken(id: CmId, gid: Gid, service: number): boolean {
    return [...this.bound].some(
      (other) =>
        other !== id &&
        other.portSpace === id.portSpace &&
        other.service === service &&
        meets(id, other) &&
        (isSame(gid, NO_GID) || isSame(other.gid, NO_GID) || isSame(gid, other.gid)),
    );
  }

  /** A service number that no id has; every other one is tried before one comes again. 0 where all are taken. */
  freeService(): number {
    const taken = new Set([...this.bound].map(({ service }) => service));
    if (taken.size >= LAST_SERVICE) return 0;
    do this.#lastService = (this.#lastService % LAST_SERVICE) + 1;
    while (taken.has(this.#lastService));
    return this.#lastService;
  }

  /** Who listens for what is sent to a service of a port. */
  listenerAt({ device, number }: CmPort, service: number, portSpace: number, listening: number): CmId | undefined {
    const gid = gidOf(device.model, number);
    return [...this.bound].find(
      (id) =>
        id.state === listening &&
        id.portSpace === portSpace &&
        id.service === service &&
        (isSystem(id.owner.context.device) || id.owner.context.device === device) &&
        (isSame(id.gid, NO_GID) || isSame(id.gid, gid)),
    );
  }
}

/** Only the system-wide node has no port. */
export function isSystem(device: Device): boolean {
  return device.model.ports.length === 0;
}

/** Whether two ids can be on one device. */
function meets(one: CmId, other: CmId): boolean {
  const [a, b] = [one.owner.context.device, other.owner.context.device];
  return a === b || isSystem(a) || isSystem(b);
}
