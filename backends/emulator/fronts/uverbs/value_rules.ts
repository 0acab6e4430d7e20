/** Values of any call before its own rules: ports, enums, flags, ranges. Linux leaves most of them to its drivers, all with EINVAL. */
import { ERRNO } from '../../../../spec/errno.ts';
import type { Slot } from '../../slots.ts';
import type { Rule } from '../../rules.ts';
import { refuse } from './frame_rules.ts';
import type { Message } from './message.ts';

/** Whether some input given breaks `broken`. */
const someInput = (m: Message, broken: (slot: Slot, number: number) => boolean): boolean =>
  (m.operation?.slots ?? []).some(
    (slot) => slot?.input === true && m.call.has(slot.id) && broken(slot, m.call.numbers[slot.id] ?? 0),
  );

export const VALUES: readonly Rule<Message>[] = [
  refuse('port-number', ERRNO.EINVAL, (m) => {
    const last = m.context.device.model.ports.length;
    return m.object === 'port' && (m.call.objectId < 1 || m.call.objectId > last);
  }),
  refuse('attribute-enum-unknown', ERRNO.EINVAL, (m) =>
    someInput(m, (slot, number) => slot.members?.has(number) === false),
  ),
  refuse('attribute-flags-value', ERRNO.EINVAL, (m) =>
    someInput(m, (slot, number) => slot.kind === 'flags' && (number & ~slot.bits) !== 0),
  ),
  refuse('uverbs-value-range', ERRNO.EINVAL, (m) =>
    someInput(m, (slot, number) => slot.kind === 'u32' && number > slot.max),
  ),
];
