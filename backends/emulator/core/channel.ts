/** An event channel: records that wait to be read, and readers that wait for records. */
import type { Context } from './context.ts';
import type { Instance } from './instance.ts';

export type ChannelKind = 'comp_channel' | 'async_event' | 'event_channel';

/** One event on its way to a reader. */
export interface EventRecord {
  /** Number in enum `event`. */
  readonly event: number;
  /** Class id of what it is about: an object, a port, the device. */
  readonly classId: number;
  /** User handle of the object, port number, or 0. */
  readonly element: bigint;
  /** The object that counts it; undefined for ports and the device. */
  readonly source: Instance | undefined;
}

/** What an event channel was told to listen to. */
export interface Association {
  readonly object: string;
  /** Handle of an object, number of a port, 0 for the device. */
  readonly number: number;
  readonly source: Instance | undefined;
}

export class Channel {
  readonly kind: ChannelKind;
  readonly context: Context;
  associations: Association[] = [];
  records: EventRecord[] = [];
  /** True once no record can ever come any more: reads end with EIO. */
  ended = false;
  /** True once the last descriptor is closed. */
  closed = false;
  readonly #waiting: (() => boolean)[] = [];

  constructor(kind: ChannelKind, context: Context) {
    this.kind = kind;
    this.context = context;
  }

  push(record: EventRecord): void {
    if (this.closed) return;
    this.records.push(record);
    if (record.source !== undefined) knows(this, record.source);
  }

  associate(association: Association): void {
    this.associations.push(association);
    if (association.source !== undefined) knows(this, association.source);
  }

  /** `attempt` is called at every change until it returns true. */
  wait(attempt: () => boolean): void {
    this.#waiting.push(attempt);
  }

  wake(): void {
    const waiting = this.#waiting.splice(0);
    for (const attempt of waiting) if (!attempt()) this.#waiting.push(attempt);
  }
}

function knows(channel: Channel, source: Instance): void {
  (source.heardBy ??= new Set()).add(channel);
}

/** Takes what has not been read of an object that is going out of every channel. */
export function dropUnread(source: Instance): void {
  for (const channel of source.heardBy ?? [])
    channel.records = channel.records.filter((record) => record.source !== source);
}

/** An object that is going is listened to no longer. */
export function dissociate(source: Instance): void {
  for (const channel of source.heardBy ?? [])
    channel.associations = channel.associations.filter((association) => association.source !== source);
}
