/** An ioctl message while it is judged: its header, the attribute in hand, what was accepted so far, and the call it becomes. */
import type { Patch, Region } from '../../../../spec/abi/abi.ts';
import { DATA_AT, FLAGS_AT, HEADER_BYTES, INLINE_BYTES, attributeAt } from '../../../../spec/abi/uverbs/layout.ts';
import type { Carried } from '../../../../spec/abi/uverbs/layouts.ts';
import type { NativeAttribute } from '../../../../spec/abi/uverbs/tables.ts';
import type { Call } from '../../core/call.ts';
import type { Channel } from '../../core/channel.ts';
import type { Context } from '../../core/context.ts';
import type { HandleTable } from '../../core/handle_table.ts';
import type { Instance } from '../../core/instance.ts';
import type { Operation } from '../../dispatch_table.ts';
import { methodKey, type Bindings, type BoundCommand, type BoundMethod, type Operations } from './bindings.ts';
import type { GidEntry } from './gids.ts';
import { Memory } from './memory.ts';

/** An attribute as the message has it. */
export interface Given {
  readonly native: NativeAttribute | undefined;
  readonly at: number;
  readonly id: number;
  readonly length: number;
  readonly flags: number;
  readonly reserved: number;
  /** The data field, as a number with a sign. */
  readonly data: bigint;
}

interface Answers {
  handles: readonly number[];
  gids: readonly GidEntry[];
  entries: readonly Uint8Array[];
}

export class Message {
  readonly call: Call;
  readonly context: Context;
  readonly bindings: Bindings;
  readonly request: number;
  readonly memory: Memory;
  readonly view: DataView;
  length = 0;
  objectId = 0;
  methodId = 0;
  count = 0;
  /** Both reserved words of the header. */
  reserved = 0n;
  driverId = 0;
  method: BoundMethod | undefined;

  /** The attribute in hand. */
  attribute!: Given;
  /** Known attributes accepted so far, by name, and the objects they name. */
  readonly given = new Map<string, Given>();
  readonly instances = new Map<string, Instance>();
  readonly channels = new Map<string, Channel>();

  /** WRITE_CMD and the command it names. */
  word = 0n;
  command: BoundCommand | undefined;

  /** What the inputs carry. */
  carried: Carried = new Map();
  operation: Operation | undefined;
  /** The modify bits in force. */
  mask = 0;
  /** The handle a write command answers. */
  handle = 0;
  /** True for a command that came by write: its lengths were judged with its frame. */
  framed = false;
  /** What a method that no neutral call stands for is about to answer. */
  readonly answers: Answers = { handles: [], gids: [], entries: [] };

  /** `call` serves one message after the other. */
  constructor(
    call: Call,
    context: Context,
    bindings: Bindings,
    request: number,
    regions: readonly Region[],
    patches: readonly Patch[],
  ) {
    this.call = call;
    this.context = context;
    this.bindings = bindings;
    this.request = request;
    this.memory = new Memory(regions, patches);
    const { bytes } = this.memory.message;
    this.view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    call.device = context.device;
    call.context = context;
    call.target = undefined;
    call.objectId = call.low = call.high = call.wantLow = call.wantHigh = 0;
    if (bytes.length >= HEADER_BYTES) this.#readHeader();
  }

  #readHeader(): void {
    this.length = this.view.getUint16(0, true);
    this.objectId = this.view.getUint16(2, true);
    this.methodId = this.view.getUint16(4, true);
    this.count = this.view.getUint16(6, true);
    this.reserved = this.view.getBigUint64(8, true) | BigInt(this.view.getUint32(20, true));
    this.driverId = this.view.getUint32(16, true);
    this.method = this.bindings.methods.get(methodKey(this.objectId, this.methodId));
  }

  /** Takes attribute `index` in hand; the caller has made sure that it is there. */
  take(index: number): void {
    const { view } = this;
    const at = attributeAt(index);
    const id = view.getUint16(at, true);
    this.attribute = {
      native: this.method?.native.attributes.find((native) => native.id === id),
      at,
      id,
      length: view.getUint16(at + 2, true),
      flags: view.getUint16(at + FLAGS_AT, true),
      reserved: view.getUint16(at + 6, true),
      data: view.getBigInt64(at + DATA_AT, true),
    };
  }

  /** The bytes of an input; undefined where they cannot be read. */
  inputOf(given: Given): Uint8Array | undefined {
    if (given.length > INLINE_BYTES) return this.memory.read(given.at + DATA_AT, given.length);
    return this.memory.message.bytes.subarray(given.at + DATA_AT, given.at + DATA_AT + given.length);
  }

  get operations(): Operations | undefined {
    return this.command?.operations ?? this.method?.operations;
  }

  /** Object type and method of the neutral call. */
  get object(): string {
    return this.command?.object ?? (this.method?.native.serves ?? this.method?.native.like ?? '').split('.')[0] ?? '';
  }

  /** The handle table all objects of the context share. */
  get handles(): HandleTable<Instance> {
    return this.context.tables[0] as HandleTable<Instance>;
  }
}
