/** A way to an agent: a stream in each direction, and what is known of the other end beside the protocol. */
import type { Readable, Writable } from 'node:stream';

export interface Link {
  readonly from: Readable;
  readonly to: Writable;
  /** How the other end went and what it last said, for people; asked for once the stream has ended. */
  readonly epitaph?: () => Promise<string>;
  /** Ends it. `kindly`: it has been told and may finish; else it is not to be waited for. Resolves when it is gone. */
  readonly end: (kindly: boolean) => Promise<void>;
}

/** Makes a way; called once more where the one before was lost. */
export type Connect = () => Promise<Link>;
