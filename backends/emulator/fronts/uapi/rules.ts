/** The rules of the `uapi` front end in order of precedence: the phases of spec/chapters/dispatch.md, then the answer. */
import {
  ALIGNMENT,
  DRIVER_BIT,
  FLAG_MANDATORY,
  HEADER_BYTES,
  MAXIMUM_LENGTH,
  METHOD_LIMIT,
} from '../../../../spec/abi/uapi/layout.ts';
import { ERRNO } from '../../../../spec/errno.ts';
import { lacksRequired, type Shape } from '../../dispatch_table.ts';
import type { Rule } from '../../rules.ts';
import type { Channel } from '../../core/channel.ts';
import type { HandleTable } from '../../core/handle_table.ts';
import type { Instance } from '../../core/instance.ts';
import type { Slot } from '../../slots.ts';
import { clearRoom, writeOutputs } from './answer.ts';
import { FAULT, type Message } from './message.ts';

const MAXIMUM_VALUE = 0xffffffff;

/** What messages for an operation can be about, as far as rules differ by it: see `concerns` of a rule. */
type Concern = (operation: Shape) => boolean;

const CREATES: Concern = ({ creates }) => creates;
const ADDRESSED: Concern = ({ addressed }) => addressed;
const ON_CHANNEL: Concern = ({ onChannel }) => onChannel;
const ON_DEVICE: Concern = ({ onChannel }) => !onChannel;
const NEEDS: Concern = ({ requiredLow, requiredHigh }) => (requiredLow | requiredHigh) !== 0;
const NAMES: Concern = ({ handles }) => handles.length > 0;
const NAMES_CHANNELS: Concern = ({ handles }) => handles.some(({ kind }) => kind === 'fd');
const WRITES: Concern = ({ slots }) => slots.some((slot) => slot?.output === true);

function onFixed(kind: Shape['instances']): Concern {
  return ({ instances }) => instances === kind;
}

function takes(test: (slot: Slot) => boolean): Concern {
  return ({ slots }) => slots.some((slot) => slot?.input === true && test(slot));
}

/** Phases 1 to 5: up to knowing the method. */
const FRAME: readonly Rule<Message>[] = [
  { clause: 'request-foreign', apply: (m) => (m.method < 0 ? ERRNO.ENOTTY : 0) },
  { clause: 'header-unreadable', apply: (m) => (m.bytes.length < HEADER_BYTES ? ERRNO.EFAULT : 0) },
  { clause: 'message-length-minimum', apply: (m) => (m.length < HEADER_BYTES ? ERRNO.EINVAL : 0) },
  { clause: 'message-length-maximum', apply: (m) => (m.length > MAXIMUM_LENGTH ? ERRNO.EINVAL : 0) },
  { clause: 'message-length-aligned', apply: (m) => (m.length % ALIGNMENT !== 0 ? ERRNO.EINVAL : 0) },
  { clause: 'message-unreadable', apply: (m) => (m.bytes.length < m.length ? ERRNO.EFAULT : 0) },
  { clause: 'message-read-only', apply: (m) => (m.readOnly ? ERRNO.EFAULT : 0) },
  {
    clause: 'class-driver-unknown',
    apply: (m) => (m.entry === undefined && m.classId >= DRIVER_BIT ? ERRNO.EOPNOTSUPP : 0),
  },
  { clause: 'class-unknown', apply: (m) => (m.entry === undefined && m.classId < DRIVER_BIT ? ERRNO.EOPNOTSUPP : 0) },
  { clause: 'method-reserved', apply: (m) => (m.method >= METHOD_LIMIT ? ERRNO.EOPNOTSUPP : 0) },
  {
    clause: 'method-unknown',
    apply: (m) => (m.operation === undefined && m.method < METHOD_LIMIT ? ERRNO.EOPNOTSUPP : 0),
  },
];

/** Phases 6 to 11: what the walk measured of frames, fields and sizes. */
const ATTRIBUTES: readonly Rule<Message>[] = [
  { clause: 'attribute-length-minimum', apply: (m) => (m.framing === 'below-minimum' ? ERRNO.EINVAL : 0) },
  { clause: 'attribute-overrun', apply: (m) => (m.framing === 'overrun' ? ERRNO.EINVAL : 0) },
  { clause: 'attribute-padding-zero', apply: (m) => (m.padding !== 0 ? ERRNO.EINVAL : 0) },
  { clause: 'attribute-reserved-zero', apply: (m) => (m.reserved !== 0 ? ERRNO.EINVAL : 0) },
  { clause: 'attribute-flags-unknown', apply: (m) => ((m.flags & ~FLAG_MANDATORY) !== 0 ? ERRNO.EINVAL : 0) },
  {
    clause: 'attribute-unknown-mandatory',
    apply: (m) => ((m.faults & FAULT.unknownMandatory) !== 0 ? ERRNO.EOPNOTSUPP : 0),
  },
  { clause: 'attribute-duplicate', apply: (m) => ((m.faults & FAULT.duplicate) !== 0 ? ERRNO.EINVAL : 0) },
  { clause: 'attribute-short', apply: (m) => ((m.faults & FAULT.short) !== 0 ? ERRNO.EINVAL : 0) },
  {
    clause: 'output-room-short',
    concerns: WRITES,
    apply: (m) => ((m.faults & FAULT.roomShort) !== 0 ? ERRNO.EINVAL : 0),
  },
  { clause: 'attribute-long-nonzero', apply: (m) => (m.tail !== 0 ? ERRNO.EOPNOTSUPP : 0) },
  {
    clause: 'attribute-missing',
    concerns: NEEDS,
    apply: (m) => (lacksRequired(operationOf(m), m.call) ? ERRNO.EINVAL : 0),
  },
];

/** Phases 12 to 14: objects, then what the walk measured of values. */
const OBJECTS: readonly Rule<Message>[] = [
  { clause: 'fd-methods', concerns: ON_CHANNEL, apply: (m) => (ownMethod(m) && !onItsFile(m) ? ERRNO.EBADF : 0) },
  {
    clause: 'fd-methods-foreign',
    concerns: ON_DEVICE,
    apply: (m) => (!ownMethod(m) && m.call.channel !== undefined ? ERRNO.EBADF : 0),
  },
  {
    clause: 'create-object-id-zero',
    concerns: CREATES,
    apply: (m) => (m.objectId !== 0 && operationOf(m).creates ? ERRNO.EINVAL : 0),
  },
  {
    clause: 'handle-unknown',
    apply: (m) => {
      m.call.target = operationOf(m).addressed ? find(m, operationOf(m).space, m.objectId) : undefined;
      return m.call.target === undefined && operationOf(m).addressed ? ERRNO.ENOENT : 0;
    },
  },
  {
    clause: 'handle-qp-class',
    concerns: ADDRESSED,
    apply: (m) => (m.call.target !== undefined && m.call.target.variant !== operationOf(m).variant ? ERRNO.EINVAL : 0),
  },
  {
    clause: 'device-object-id',
    concerns: onFixed('one'),
    apply: (m) => (m.objectId !== 0 && operationOf(m).instances === 'one' ? ERRNO.ENOENT : 0),
  },
  {
    clause: 'port-number',
    concerns: onFixed('ports'),
    apply: (m) => (operationOf(m).instances === 'ports' && !isPort(m) ? ERRNO.ENOENT : 0),
  },
  {
    clause: 'fd-object-id',
    concerns: ON_CHANNEL,
    apply: (m) => (m.objectId !== 0 && operationOf(m).onChannel ? ERRNO.ENOENT : 0),
  },
  {
    clause: 'handle-attribute-unknown',
    concerns: NAMES,
    apply: (m) => (operationOf(m).handles.length === 0 ? 0 : nameObjects(m)),
  },
  {
    clause: 'fd-attribute',
    concerns: NAMES_CHANNELS,
    apply: (m) => (operationOf(m).handles.length === 0 ? 0 : nameChannels(m)),
  },
  {
    clause: 'fd-kind',
    concerns: NAMES_CHANNELS,
    apply: (m) => (operationOf(m).handles.length === 0 ? 0 : judgeKinds(m)),
  },
  {
    clause: 'attribute-enum-unknown',
    concerns: takes(({ members }) => members !== undefined),
    apply: (m) => ((m.faults & FAULT.enumUnknown) !== 0 ? ERRNO.EINVAL : 0),
  },
  {
    clause: 'attribute-flags-value',
    concerns: takes(({ undefinedBits }) => undefinedBits !== 0),
    apply: (m) => (m.bitsUndefined !== 0 ? ERRNO.EINVAL : 0),
  },
  {
    clause: 'attribute-range',
    concerns: takes(({ max }) => max < MAXIMUM_VALUE),
    apply: (m) => ((m.faults & FAULT.aboveMaximum) !== 0 ? ERRNO.EINVAL : 0),
  },
  {
    clause: 'attribute-struct-reserved',
    concerns: takes(({ kind }) => kind === 'struct'),
    apply: (m) => ((m.faults & FAULT.structReserved) !== 0 ? ERRNO.EINVAL : 0),
  },
];

function operationOf(message: Message): NonNullable<Message['operation']> {
  return message.operation as NonNullable<Message['operation']>;
}

function find(message: Message, space: number, handle: number): Instance | undefined {
  return (message.context.tables[space] as HandleTable<Instance>).get(handle);
}

function isPort({ objectId, context }: Message): boolean {
  return objectId >= 1 && objectId <= context.device.model.ports.length;
}

/** Puts the object behind each handle given into the call; ENOENT where there is none. */
function nameObjects(message: Message): number {
  const { call } = message;
  for (const slot of operationOf(message).handles) {
    if (!call.has(slot.id)) continue;
    if (slot.kind === 'list') {
      const named = (call.objects[slot.id] as readonly number[]).map((handle) => find(message, slot.space, handle));
      if (named.includes(undefined)) return ERRNO.ENOENT;
      call.objects[slot.id] = named as readonly Instance[];
    } else if (slot.kind === 'handle') {
      const named = find(message, slot.space, call.numbers[slot.id] as number);
      if (named === undefined) return ERRNO.ENOENT;
      call.objects[slot.id] = named;
    }
  }
  return 0;
}

/** Methods of an fd object, beside the one that makes it, are called on its own descriptor; all others on that of the device. */
function ownMethod(message: Message): boolean {
  return operationOf(message).onChannel;
}

function onItsFile({ call: { operation, channel } }: Message): boolean {
  return channel?.kind === operation.object;
}

/** Puts the channel behind each descriptor given into the call; EBADF where there is none of the kind in this file of the device. */
function nameChannels(message: Message): number {
  const { call, context } = message;
  for (const slot of operationOf(message).handles) {
    if (slot.kind !== 'fd' || !call.has(slot.id)) continue;
    const channel = call.process?.file(call.numbers[slot.id] as number)?.channel;
    if (channel?.context !== context) return ERRNO.EBADF;
    call.objects[slot.id] = channel;
  }
  return 0;
}

function judgeKinds({ call, operation }: Message): number {
  for (const slot of operation?.handles ?? []) {
    if (slot.kind !== 'fd' || !call.has(slot.id)) continue;
    if (!suits(call.objects[slot.id] as Channel, slot.object)) return ERRNO.EBADF;
  }
  return 0;
}

/** An event channel takes whatever comes; the other two kinds are for their own purpose. */
function suits({ kind }: Channel, wanted: string): boolean {
  return kind === wanted || kind === 'event_channel';
}

function returnHandle(message: Message, handle: number): 0 {
  for (let i = 0; i < 4; i += 1) message.bytes[4 + i] = (handle >>> (8 * i)) & 0xff;
  return 0;
}

/** After the method has done its work: handle, outputs, flags. */
const ANSWER: readonly Rule<Message>[] = [
  {
    clause: 'handle-returned',
    concerns: CREATES,
    apply: (m) => (operationOf(m).creates && m.call.target !== undefined ? returnHandle(m, m.call.target.handle) : 0),
  },
  { clause: 'output-room-long', concerns: WRITES, apply: (m) => (clearRoom(m), 0) },
  { clause: 'output-written', concerns: WRITES, apply: (m) => (writeOutputs(m), 0) },
];

export function uapiRules(): Readonly<Record<string, readonly Rule<Message>[]>> {
  return { 'uapi/frame': FRAME, 'uapi/attributes': ATTRIBUTES, 'uapi/objects': OBJECTS, 'uapi/answer': ANSWER };
}
