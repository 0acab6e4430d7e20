/**
 * One attribute after the other, in the order of the message: facts B4, steps 9 to 13, and B5.
 * Source: core/uverbs_ioctl.c uverbs_set_attr, uverbs_process_attr; core/rdma_core.c rdma_lookup_get_uobject.
 */
import { DATA_AT, FLAG_MANDATORY } from '../../../../spec/abi/uverbs/layout.ts';
import { isReference, type NativeAttribute } from '../../../../spec/abi/uverbs/tables.ts';
import { ERRNO } from '../../../../spec/errno.ts';
import type { Channel } from '../../core/channel.ts';
import type { HandleTable } from '../../core/handle_table.ts';
import type { Instance } from '../../core/instance.ts';
import type { Rule } from '../../rules.ts';
import { isOpen } from './contexts.ts';
import { refuse } from './frame_rules.ts';
import type { Given, Message } from './message.ts';

type Test = (native: NativeAttribute, given: Given, message: Message) => boolean;

/** A rule about known attributes. */
const known = (clause: string, errno: number, wrong: Test): Rule<Message> =>
  refuse(clause, errno, (m) => m.attribute.native !== undefined && wrong(m.attribute.native, m.attribute, m));

const isInput = ({ form }: NativeAttribute): boolean => form === 'in' || form === 'const' || form === 'flags';
const isObject = ({ form }: NativeAttribute): boolean => isReference(form);
const isOutput = ({ form }: NativeAttribute): boolean => form === 'out';
/** An attribute that names an object which must exist. */
const names = ({ form, access }: NativeAttribute): boolean => form === 'object' && access !== 'new';
/** Likewise by its descriptor. */
const namesFile = ({ form, access }: NativeAttribute): boolean => form === 'fd' && access !== 'new';
const isTarget = (native: NativeAttribute): boolean =>
  native.layout.fields.some(({ carries }) => carries.includes('@handle'));

/** The channel behind a descriptor of the caller, in this file of the device. */
function channelOf(given: Given, { call, context }: Message): Channel | undefined {
  const channel = call.process?.file(Number(given.data))?.channel;
  return channel?.context === context ? channel : undefined;
}

const objectOf = (given: Given, message: Message): Instance | undefined => message.handles.get(Number(given.data));

export const ATTRIBUTE: readonly Rule<Message>[] = [
  refuse(
    'attribute-unknown-mandatory',
    ERRNO.EPROTONOSUPPORT,
    (m) => m.attribute.native === undefined && (m.attribute.flags & FLAG_MANDATORY) !== 0,
  ),
  known('attribute-duplicate', ERRNO.EINVAL, (native, _, m) => m.given.has(native.name)),
  known('attribute-extensible-nonzero', ERRNO.EOPNOTSUPP, (native, given, m) => {
    if (!isInput(native) || !native.extensible || native.open || given.length <= native.bytes) return false;
    return (
      m
        .inputOf(given)
        ?.subarray(native.bytes)
        .every((byte) => byte === 0) !== true
    );
  }),
  known('attribute-short', ERRNO.EINVAL, (native, given) => isInput(native) && given.length < native.minimum),
  known(
    'attribute-fixed-long',
    ERRNO.EINVAL,
    (native, given) => isInput(native) && !native.extensible && given.length > native.bytes,
  ),
  known('output-room-short', ERRNO.EINVAL, (native, given) => isOutput(native) && given.length < native.minimum),
  known(
    'uverbs-output-long',
    ERRNO.EINVAL,
    (native, given) => isOutput(native) && !native.extensible && given.length > native.bytes,
  ),
  known('attribute-reserved-zero', ERRNO.EINVAL, (_, given) => given.reserved !== 0),
  known('header-object-length', ERRNO.EINVAL, (native, given) => isObject(native) && given.length !== 0),
  known('context-first', ERRNO.EINVAL, (native, _, m) => native.access === 'new' && !isOpen(m.context)),
  known('uverbs-handle-negative', ERRNO.EINVAL, (native, given) => names(native) && given.data < 0n),
  known(
    'handle-unknown',
    ERRNO.ENOENT,
    (native, given, m) => names(native) && isTarget(native) && objectOf(given, m) === undefined,
  ),
  known(
    'handle-attribute-unknown',
    ERRNO.ENOENT,
    (native, given, m) => names(native) && !isTarget(native) && objectOf(given, m) === undefined,
  ),
  known('uverbs-handle-type', ERRNO.EINVAL, (native, given, m) => {
    const found = names(native) ? objectOf(given, m) : undefined;
    return found !== undefined && found.object !== native.object;
  }),
  known(
    'uverbs-fd-range',
    ERRNO.EINVAL,
    (native, given) => namesFile(native) && given.data !== BigInt.asIntN(32, given.data),
  ),
  known('fd-attribute', ERRNO.EBADF, (native, given, m) => namesFile(native) && channelOf(given, m) === undefined),
  known('fd-kind', ERRNO.EBADF, (native, given, m) => namesFile(native) && channelOf(given, m)?.kind !== native.object),
  known(
    'uverbs-message-read-only',
    ERRNO.EFAULT,
    (native, _, m) => native.access === 'new' && m.memory.message.readOnly === true,
  ),
  {
    // The handle is written before anything is made, and stays in the message if the call fails later.
    clause: 'handle-returned',
    apply: (m) => {
      const { native, at } = m.attribute;
      if (native?.access === 'new') m.view.setBigUint64(at + DATA_AT, BigInt(nextNumber(native, m)), true);
      return 0;
    },
  },
];

/** The number the next object gets. A handle is taken and given back. */
function nextNumber({ form }: NativeAttribute, message: Message): number {
  if (form === 'fd') return message.call.process?.lowest ?? 0;
  const handles: HandleTable<unknown> = message.handles;
  const handle = handles.add(null);
  handles.remove(handle);
  return handle;
}

/** Once all attributes are read. */
export const COMPLETE: readonly Rule<Message>[] = [
  refuse(
    'attribute-missing',
    ERRNO.EINVAL,
    (m) => m.method?.native.attributes.some((native) => native.required && !m.given.has(native.name)) === true,
  ),
];

/** Notes the attribute in hand as accepted, and the object it names. */
export function accept(message: Message): void {
  const { attribute } = message;
  const { native } = attribute;
  if (native === undefined) return;
  message.given.set(native.name, attribute);
  const channel = namesFile(native) ? channelOf(attribute, message) : undefined;
  if (channel !== undefined) message.channels.set(native.name, channel);
  const found = names(native) ? objectOf(attribute, message) : undefined;
  if (found === undefined) return;
  message.instances.set(native.name, found);
  if (isTarget(native)) message.call.target = found;
}
