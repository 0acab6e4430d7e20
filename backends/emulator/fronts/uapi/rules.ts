/** The rules of the `uapi` front end in order of precedence: the phases of spec/chapters/dispatch.md, then the answer. */
import {
  DRIVER_BIT,
  FLAG_MANDATORY,
  HEADER_BYTES,
  MAXIMUM_LENGTH,
  METHOD_LIMIT,
} from '../../../../spec/abi/uapi/layout.ts';
import { ERRNO } from '../../../../spec/errno.ts';
import type { Rule } from '../../rules.ts';
import { KIND_BITS, classOf } from '../../dispatch_table.ts';
import type { HandleTable } from '../../core/handle_table.ts';
import type { Instance } from '../../core/instance.ts';
import { clearRoom, writeOutputs } from './answer.ts';
import type { Message } from './message.ts';

const refuse = (clause: string, errno: number, wrong: (message: Message) => boolean): Rule<Message> => ({
  clause,
  apply: (message) => (wrong(message) ? errno : 0),
});

/** Phases 1 to 5: up to knowing the method. */
const FRAME: readonly Rule<Message>[] = [
  { clause: 'request-foreign', apply: (m) => (m.method < 0 ? ERRNO.ENOTTY : 0) },
  { clause: 'header-unreadable', apply: (m) => (m.bytes.length < HEADER_BYTES ? ERRNO.EFAULT : 0) },
  { clause: 'message-length-minimum', apply: (m) => (m.length < HEADER_BYTES ? ERRNO.EINVAL : 0) },
  { clause: 'message-length-maximum', apply: (m) => (m.length > MAXIMUM_LENGTH ? ERRNO.EINVAL : 0) },
  { clause: 'message-length-aligned', apply: (m) => (m.length % 8 !== 0 ? ERRNO.EINVAL : 0) },
  { clause: 'message-unreadable', apply: (m) => (m.bytes.length < m.length ? ERRNO.EFAULT : 0) },
  { clause: 'message-read-only', apply: (m) => (m.readOnly ? ERRNO.EFAULT : 0) },
  { clause: 'class-driver-unknown', apply: (m) => (m.classId >= DRIVER_BIT && unknownClass(m) ? ERRNO.EOPNOTSUPP : 0) },
  { clause: 'class-unknown', apply: (m) => (m.classId < DRIVER_BIT && unknownClass(m) ? ERRNO.EOPNOTSUPP : 0) },
  { clause: 'method-reserved', apply: (m) => (m.method >= METHOD_LIMIT ? ERRNO.EOPNOTSUPP : 0) },
  {
    clause: 'method-unknown',
    apply: (m) => (m.method < METHOD_LIMIT && m.operation === undefined ? ERRNO.EOPNOTSUPP : 0),
  },
];

/** Phases 6 to 11: what the walk measured. */
const ATTRIBUTES: readonly Rule<Message>[] = [
  { clause: 'attribute-length-minimum', apply: (m) => (m.framing === 'below-minimum' ? ERRNO.EINVAL : 0) },
  { clause: 'attribute-overrun', apply: (m) => (m.framing === 'overrun' ? ERRNO.EINVAL : 0) },
  { clause: 'attribute-padding-zero', apply: (m) => (m.padding !== 0 ? ERRNO.EINVAL : 0) },
  { clause: 'attribute-reserved-zero', apply: (m) => (m.reserved !== 0 ? ERRNO.EINVAL : 0) },
  { clause: 'attribute-flags-unknown', apply: (m) => ((m.flags & ~FLAG_MANDATORY) !== 0 ? ERRNO.EINVAL : 0) },
  { clause: 'attribute-unknown-mandatory', apply: (m) => (m.unknownMandatory ? ERRNO.EOPNOTSUPP : 0) },
  { clause: 'attribute-duplicate', apply: (m) => (m.duplicate ? ERRNO.EINVAL : 0) },
  { clause: 'attribute-short', apply: (m) => (m.short ? ERRNO.EINVAL : 0) },
  { clause: 'output-room-short', apply: (m) => (m.roomShort ? ERRNO.EINVAL : 0) },
  { clause: 'attribute-long-nonzero', apply: (m) => (m.tail !== 0 ? ERRNO.EOPNOTSUPP : 0) },
  refuse('attribute-missing', ERRNO.EINVAL, (m) => {
    const { requiredLow, requiredHigh } = operationOf(m);
    return ((requiredLow & ~m.call.low) | (requiredHigh & ~m.call.high)) !== 0;
  }),
];

/** Phases 12 to 14: objects and values. */
const OBJECTS: readonly Rule<Message>[] = [
  { clause: 'create-object-id-zero', apply: (m) => (operationOf(m).creates && m.objectId !== 0 ? ERRNO.EINVAL : 0) },
  {
    clause: 'handle-unknown',
    apply: (m) => {
      const { creates, space } = operationOf(m);
      m.call.target = undefined;
      if (creates || space < 0) return 0;
      m.call.target = find(m, space, m.objectId);
      return m.call.target === undefined ? ERRNO.ENOENT : 0;
    },
  },
  {
    clause: 'handle-qp-class',
    apply: ({ call, operation }) =>
      call.target !== undefined && call.target.variant !== operation?.variant ? ERRNO.EINVAL : 0,
  },
  refuse('device-object-id', ERRNO.ENOENT, (m) => {
    const { object } = operationOf(m);
    return (object === 'device' || object === 'interface') && m.objectId !== 0;
  }),
  refuse('port-number', ERRNO.ENOENT, (m) => {
    const last = m.context.device.model.ports.length;
    return operationOf(m).object === 'port' && (m.objectId < 1 || m.objectId > last);
  }),
  {
    clause: 'handle-attribute-unknown',
    apply: (m) => {
      if ((m.kinds & KIND_BITS.handle) === 0) return 0;
      for (let i = 0; i < m.count; i += 1) {
        const slot = m.slots[i];
        if (slot?.kind !== 'handle' || !slot.input) continue;
        const named = find(m, slot.space, m.call.numbers[slot.id] as number);
        if (named === undefined) return ERRNO.ENOENT;
        m.call.objects[slot.id] = named;
      }
      return 0;
    },
  },
  refuse('attribute-enum-unknown', ERRNO.EINVAL, (m) => {
    if ((m.kinds & KIND_BITS.enum) === 0) return false;
    for (let i = 0; i < m.count; i += 1) {
      const slot = m.slots[i];
      if (slot?.input === true && slot.members?.has(m.call.numbers[slot.id] as number) === false) return true;
    }
    return false;
  }),
  refuse('attribute-flags-value', ERRNO.EINVAL, (m) => {
    if ((m.kinds & KIND_BITS.flags) === 0) return false;
    for (let i = 0; i < m.count; i += 1) {
      const slot = m.slots[i];
      if (slot?.kind === 'flags' && slot.input && ((m.call.numbers[slot.id] as number) & ~slot.bits) !== 0) return true;
    }
    return false;
  }),
  refuse('attribute-range', ERRNO.EINVAL, (m) => {
    if ((m.kinds & KIND_BITS.u32) === 0) return false;
    for (let i = 0; i < m.count; i += 1) {
      const slot = m.slots[i];
      if (slot?.kind === 'u32' && slot.input && (m.call.numbers[slot.id] as number) > slot.max) return true;
    }
    return false;
  }),
  refuse('attribute-struct-reserved', ERRNO.EINVAL, (m) => {
    if ((m.kinds & KIND_BITS.struct) === 0) return false;
    for (let i = 0; i < m.count; i += 1) {
      const slot = m.slots[i];
      if (slot?.kind === 'struct' && slot.input && (m.call.struct(slot.id)['reserved'] ?? 0) !== 0) return true;
    }
    return false;
  }),
];

function unknownClass({ context, classId }: Message): boolean {
  return classOf(context.device.table, classId) === undefined;
}

function operationOf(message: Message): NonNullable<Message['operation']> {
  return message.operation as NonNullable<Message['operation']>;
}

function find(message: Message, space: number, handle: number): Instance | undefined {
  return (message.context.tables[space] as HandleTable<Instance>).get(handle);
}

/** After the method has done its work: handle, outputs, flags. */
const ANSWER: readonly Rule<Message>[] = [
  {
    clause: 'handle-returned',
    apply: (m) => {
      if (!operationOf(m).creates || m.call.target === undefined) return 0;
      const { handle } = m.call.target;
      for (let i = 0; i < 4; i += 1) m.bytes[4 + i] = (handle >>> (8 * i)) & 0xff;
      return 0;
    },
  },
  { clause: 'output-room-long', apply: (m) => (clearRoom(m), 0) },
  { clause: 'output-written', apply: (m) => (writeOutputs(m), 0) },
];

export function uapiRules(): Readonly<Record<string, readonly Rule<Message>[]>> {
  return { 'uapi/frame': FRAME, 'uapi/attributes': ATTRIBUTES, 'uapi/objects': OBJECTS, 'uapi/answer': ANSWER };
}
