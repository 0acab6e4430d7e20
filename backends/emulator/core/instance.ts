/** One live object, whatever its class: what the core must know to serve it. */
import type { Channel } from './channel.ts';
import type { Context } from './context.ts';

export class Instance<State = unknown> {
  /** Object name as in the tables (`pd`, `qp`). */
  readonly object: string;
  /** Queue-pair type; undefined for objects without variants. */
  readonly variant: string | undefined;
  readonly context: Context;
  readonly state: State;
  /** Objects this one uses; each counts it. */
  uses: readonly Instance[];
  /** How many objects use this one. */
  users = 0;
  handle = -1;
  /** Where its asynchronous events go: the channel it was given, else the one that was the default when it was made. */
  channel: Channel | undefined;
  defaultChannel: Channel | undefined;
  /** Channels that hold records of it or are associated with it. */
  heardBy: Set<Channel> | undefined;
  /** Events handed out to readers, which destroy reports. */
  compEvents = 0;
  asyncEvents = 0;
  /** Calls that are running and use it, and the method of the one that has it alone. */
  readers = 0;
  lockedBy: string | undefined;
  /** True once the device under it has gone: only its handle is left. */
  gone = false;
  /** Index of its handle space in the dispatch table. */
  space = -1;
  /** What its driver does of an event of it before anybody is told. */
  happened: ((event: string) => void) | undefined;
  /** What its device forgets when it goes, whichever way that happens. */
  release: (() => void) | undefined;

  constructor(context: Context, object: string, variant: string | undefined, uses: readonly Instance[], state: State) {
    this.context = context;
    this.object = object;
    this.variant = variant;
    this.uses = uses;
    this.state = state;
  }
}
