/** From the ioctl number to the method, in the order of facts B4, steps 1 to 8. Source: core/uverbs_ioctl.c ib_uverbs_ioctl. */
import {
  DRIVER_BIT,
  DRIVER_ID,
  HEADER_BYTES,
  MAXIMUM_LENGTH,
  NAMESPACE,
  REQUEST,
  attributeAt,
} from '../../../../spec/abi/uverbs/layout.ts';
import { ERRNO } from '../../../../spec/errno.ts';
import type { Rule } from '../../rules.ts';
import type { Message } from './message.ts';

export const refuse = (clause: string, errno: number, wrong: (message: Message) => boolean): Rule<Message> => ({
  clause,
  apply: (message) => (wrong(message) ? errno : 0),
});

const isForeign = (message: Message): boolean => (message.objectId & NAMESPACE) === DRIVER_BIT;
const hasObject = (message: Message): boolean => message.bindings.objects.has(message.objectId);

export const FRAME: readonly Rule<Message>[] = [
  refuse('request-foreign', ERRNO.ENOTTY, (m) => m.request !== REQUEST),
  refuse('header-unreadable', ERRNO.EFAULT, (m) => m.view.byteLength < HEADER_BYTES),
  refuse('message-length-maximum', ERRNO.EINVAL, (m) => m.length > MAXIMUM_LENGTH),
  refuse('header-length', ERRNO.EINVAL, (m) => m.length !== attributeAt(m.count)),
  refuse('header-reserved', ERRNO.EPROTONOSUPPORT, (m) => m.reserved !== 0n),
  refuse('header-driver', ERRNO.EINVAL, (m) => m.driverId !== DRIVER_ID),
  refuse('class-driver-unknown', ERRNO.EPROTONOSUPPORT, (m) => isForeign(m) && !hasObject(m)),
  refuse('class-unknown', ERRNO.EPROTONOSUPPORT, (m) => !isForeign(m) && !hasObject(m)),
  refuse('method-unknown', ERRNO.EPROTONOSUPPORT, (m) => hasObject(m) && m.method === undefined),
  refuse('uverbs-attributes-unreadable', ERRNO.EFAULT, (m) => m.view.byteLength < m.length),
];
