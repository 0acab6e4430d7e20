/** A front end: one ABI's way into the object model. */
import type { ChannelKind, EventRecord, Channel } from '../core/channel.ts';
import type { OpenFile, Process } from '../core/process.ts';
import type { Patch, Region } from '../../../spec/abi/abi.ts';
import type { AbiId } from '../../../spec/model.ts';
import type { Context } from '../core/context.ts';

/** Who calls, and how. */
export interface Origin {
  readonly process: Process;
  /** The channel whose descriptor was used; undefined for the device itself. */
  readonly channel: Channel | undefined;
  /** The file of the device; undefined for calls that come through none. */
  readonly file?: OpenFile;
  /** True for a call that was stalled and goes on: it was admitted before. */
  readonly resumed: boolean;
}

/** Who writes to the device, and to which file. */
export interface Writer extends Origin {
  readonly file: OpenFile;
  /** How many bytes were taken, once the write has succeeded. */
  taken: number;
}

export interface Front {
  readonly abi: AbiId;
  /** One id space for all classes of a context, or one per class. */
  readonly sharedSpace: boolean;
  readonly firstHandle: number;
  /** Whether reads of an asynchronous channel end when its device has gone; else they wait for ever. */
  readonly asyncEnds: boolean;
  /** Whether there is a system-wide node beside the devices. */
  readonly systemNode: boolean;
  /** 0, or the errno of the refusal; what is answered lies in the regions. */
  dispatch(
    context: Context,
    request: number,
    regions: readonly Region[],
    patches: readonly Patch[],
    origin?: Origin,
  ): number;
  /** The same for what is written to the device. */
  write(context: Context, regions: readonly Region[], patches: readonly Patch[], writer: Writer): number;
  /** Bytes of one record of a channel. */
  recordBytes(kind: ChannelKind): number;
  /** The bytes a reader gets for a record. */
  recordOf(kind: ChannelKind, record: EventRecord): Uint8Array;
}
