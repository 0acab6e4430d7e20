/** Defects in reading and writing messages. */
import { admit } from '../../emulator/classes/lifetime.ts';
import { FAULT, type Message } from '../../emulator/fronts/uapi/message.ts';
import { afterwards, off, replaced, stricter, wrongErrno, type Defect } from '../defect.ts';

const ATTRIBUTE_HEADER = 8;
const WRITTEN = 2;

function anySlot(message: Message, wrong: (at: number) => boolean): boolean {
  for (let i = 0; i < message.count; i += 1) if (wrong(i)) return true;
  return false;
}

/** True where an input comes behind an output. */
function outOfOrder(message: Message): boolean {
  let output = false;
  return anySlot(message, (i) => {
    const slot = message.slotAt(i);
    if (slot === undefined) return false;
    if (!slot.input) output = true;
    return slot.input && output;
  });
}

/** True where an attribute is long enough to hold another one behind its value. */
function holdsAnother(message: Message): boolean {
  return anySlot(message, (i) => {
    const slot = message.slotAt(i);
    return slot?.input === true && message.payloadAt(i) >= slot.size + 2 * ATTRIBUTE_HEADER - 4;
  });
}

export const MESSAGE_DEFECTS: readonly Defect[] = [
  wrongErrno('message-length-minimum', 'EFAULT', { story: 'A length below the header is taken for a fault.' }),
  wrongErrno('message-length-maximum', 'ENOSPC', {
    story: 'A message above the maximum is refused for lack of space.',
  }),
  off('message-length-aligned', { story: 'Lengths need not be multiples of eight.', also: ['message-vectors'] }),
  off('message-unreadable', { story: 'A message is read as far as it is mapped, and the rest is forgotten.' }),
  off('message-read-only', { story: 'Nobody looks whether the message can be written.' }),
  wrongErrno('attribute-length-minimum', 'EFAULT', {
    story: 'An attribute shorter than its header is taken for a fault.',
  }),
  off('attribute-overrun', {
    story: 'Parsing stops silently at an attribute that runs over the end.',
    also: ['message-vectors', 'precedence'],
  }),
  stricter<Message>(
    'attribute-overlap',
    'EINVAL',
    { rule: 'attribute-duplicate', story: 'An attribute that takes in the next one is refused as a broken frame.' },
    holdsAnother,
  ),
  off('attribute-padding-zero', { story: 'Padding is not looked at.', also: ['message-vectors'] }),
  off('attribute-reserved-zero', {
    story: 'The reserved field is not looked at.',
    also: ['message-vectors', 'precedence'],
  }),
  off('attribute-flags-unknown', { story: 'Unknown flags are ignored.' }),
  off('attribute-unknown-mandatory', {
    story: 'The mandatory flag is ignored: unknown attributes never matter.',
    also: ['message-vectors', 'discovery-attributes', 'qp-create-foreign'],
  }),
  wrongErrno('attribute-unknown-mandatory', 'ENOSYS', {
    story: 'Unknown mandatory attributes answer ENOSYS.',
    also: ['message-vectors', 'qp-create-foreign'],
  }),
  stricter<Message>(
    'attribute-unknown-optional',
    'EOPNOTSUPP',
    {
      rule: 'attribute-unknown-mandatory',
      story: 'The mandatory flag is ignored: unknown attributes always matter.',
      also: ['message-vectors'],
    },
    (m) => (m.faults & FAULT.unknownOptional) !== 0,
  ),
  off('attribute-duplicate', { story: 'Of two equal attributes the last one wins.' }),
  off('attribute-short', { story: 'Short payloads are filled up with zeros.' }),
  stricter<Message>(
    'attribute-long-zero',
    'EINVAL',
    { rule: 'attribute-long-nonzero', story: 'Payloads must have exactly the size the core knows.' },
    (m) => anySlot(m, (i) => m.slotAt(i)?.input === true && m.payloadAt(i) > (m.slotAt(i)?.size ?? 0)),
  ),
  off('attribute-long-nonzero', {
    story: 'Whatever stands behind the known part is ignored.',
    also: ['attribute-overlap'],
  }),
  off('attribute-missing', {
    story: 'Missing attributes count as whatever was there before.',
    also: ['message-vectors'],
  }),
  stricter<Message>(
    'attribute-order-free',
    'EINVAL',
    { rule: 'attribute-duplicate', story: 'Inputs must stand before outputs.' },
    outOfOrder,
  ),
  off('attribute-enum-unknown', { story: 'Numbers outside an enum are taken as they are.' }),
  wrongErrno('attribute-enum-unknown', 'EOPNOTSUPP', { story: 'Numbers outside an enum are refused as unsupported.' }),
  off('attribute-flags-value', { story: 'Undefined flag bits are ignored.' }),
  off('attribute-range', { story: 'Numbers above the maximum are taken as they are.' }),
  wrongErrno('attribute-range', 'EOPNOTSUPP', { story: 'Numbers above the maximum are refused as unsupported.' }),
  off('attribute-struct-reserved', { story: 'Reserved fields of structs are not looked at.' }),
  off('output-room-short', { story: 'An output that does not fit is left out, and the call succeeds.' }),
  off('output-room-long', { story: 'What the caller had behind the value stays there.' }),
  replaced<Message>(
    'output-written',
    'wrong-value',
    { story: 'Inputs are marked as written too.', also: ['message-vectors'] },
    (inner) => (message) => {
      for (let i = 0; i < message.count; i += 1) {
        const at = (message.offsets[i] ?? 0) + 4;
        if (message.slotAt(i) !== undefined) message.bytes[at] = (message.bytes[at] ?? 0) | WRITTEN;
      }
      return inner(message);
    },
  ),
  {
    ...afterwards<Message>(
      'attribute-duplicate',
      { story: 'A call refused for a duplicate has lost its object id.' },
      (message) => {
        message.bytes[7] = 0xff;
      },
    ),
    id: 'failed-call-unchanged-scribbles',
    clauses: ['failed-call-unchanged'],
  },
  {
    ...afterwards<Message>(
      'attribute-short',
      { story: 'A completion queue refused for a short attribute exists all the same.' },
      (message) => {
        const operation = message.call.operation;
        if (operation.object === 'cq' && operation.creates)
          admit(message.call, [], { cqe: 1, vector: 0, userHandle: 0n });
      },
    ),
    id: 'failed-call-no-effect-creates',
    clauses: ['failed-call-no-effect'],
  },
  off('create-object-id-zero', { story: 'The object id of a create is ignored.' }),
];
