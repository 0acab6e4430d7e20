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
import { classOf } from '../../dispatch_table.ts';
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
  refuse('request-foreign', ERRNO.ENOTTY, (m) => m.method < 0),
  refuse('header-unreadable', ERRNO.EFAULT, (m) => m.bytes.length < HEADER_BYTES),
  refuse('message-length-minimum', ERRNO.EINVAL, (m) => m.length < HEADER_BYTES),
  refuse('message-length-maximum', ERRNO.EINVAL, (m) => m.length > MAXIMUM_LENGTH),
  refuse('message-length-aligned', ERRNO.EINVAL, (m) => m.length % 8 !== 0),
  refuse('message-unreadable', ERRNO.EFAULT, (m) => m.bytes.length < m.length),
  refuse('message-read-only', ERRNO.EFAULT, (m) => m.readOnly),
  refuse(
    'class-driver-unknown',
    ERRNO.EOPNOTSUPP,
    (m) => m.classId >= DRIVER_BIT && classOf(m.context.device.table, m.classId) === undefined,
  ),
  refuse(
    'class-unknown',
    ERRNO.EOPNOTSUPP,
    (m) => m.classId < DRIVER_BIT && classOf(m.context.device.table, m.classId) === undefined,
  ),
  refuse('method-reserved', ERRNO.EOPNOTSUPP, (m) => m.method >= METHOD_LIMIT),
  refuse('method-unknown', ERRNO.EOPNOTSUPP, (m) => m.method < METHOD_LIMIT && m.operation === undefined),
];

/** Phases 6 to 11: what the walk measured. */
const ATTRIBUTES: readonly Rule<Message>[] = [
  refuse('attribute-length-minimum', ERRNO.EINVAL, (m) => m.framing === 'below-minimum'),
  refuse('attribute-overrun', ERRNO.EINVAL, (m) => m.framing === 'overrun'),
  refuse('attribute-padding-zero', ERRNO.EINVAL, (m) => m.padding !== 0),
  refuse('attribute-reserved-zero', ERRNO.EINVAL, (m) => m.reserved !== 0),
  refuse('attribute-flags-unknown', ERRNO.EINVAL, (m) => (m.flags & ~FLAG_MANDATORY) !== 0),
  refuse('attribute-unknown-mandatory', ERRNO.EOPNOTSUPP, (m) => m.unknownMandatory),
  refuse('attribute-duplicate', ERRNO.EINVAL, (m) => m.duplicate),
  refuse('attribute-short', ERRNO.EINVAL, (m) => m.short),
  refuse('output-room-short', ERRNO.EINVAL, (m) => m.roomShort),
  refuse('attribute-long-nonzero', ERRNO.EOPNOTSUPP, (m) => m.tail !== 0),
  refuse('attribute-missing', ERRNO.EINVAL, (m) => {
    const { requiredLow, requiredHigh } = operationOf(m);
    return ((requiredLow & ~m.call.low) | (requiredHigh & ~m.call.high)) !== 0;
  }),
];

/** Phases 12 to 14: objects and values. */
const OBJECTS: readonly Rule<Message>[] = [
  refuse('create-object-id-zero', ERRNO.EINVAL, (m) => operationOf(m).creates && m.objectId !== 0),
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
  refuse(
    'handle-qp-class',
    ERRNO.EINVAL,
    (m) => m.call.target !== undefined && m.call.target.variant !== operationOf(m).variant,
  ),
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
    for (let i = 0; i < m.count; i += 1) {
      const slot = m.slots[i];
      if (slot?.input === true && slot.members?.has(m.call.numbers[slot.id] as number) === false) return true;
    }
    return false;
  }),
  refuse('attribute-flags-value', ERRNO.EINVAL, (m) => {
    for (let i = 0; i < m.count; i += 1) {
      const slot = m.slots[i];
      if (slot?.kind === 'flags' && slot.input && ((m.call.numbers[slot.id] as number) & ~slot.bits) !== 0) return true;
    }
    return false;
  }),
  refuse('attribute-range', ERRNO.EINVAL, (m) => {
    for (let i = 0; i < m.count; i += 1) {
      const slot = m.slots[i];
      if (slot?.kind === 'u32' && slot.input && (m.call.numbers[slot.id] as number) > slot.max) return true;
    }
    return false;
  }),
  refuse('attribute-struct-reserved', ERRNO.EINVAL, (m) => {
    for (let i = 0; i < m.count; i += 1) {
      const slot = m.slots[i];
      if (slot?.kind === 'struct' && slot.input && (m.call.struct(slot.id)['reserved'] ?? 0) !== 0) return true;
    }
    return false;
  }),
];

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
