/** Write commands that are not about the state of a queue pair: values and named objects of the request into the call. Source: core/uverbs_cmd.c. */
import { ERRNO } from '../../../../spec/errno.ts';
import type { Spec } from '../../../../spec/model.ts';
import type { Instance } from '../../core/instance.ts';
import type { Slot } from '../../dispatch_table.ts';
import type { Rule } from '../../rules.ts';
import { put, slotOf } from './fill.ts';
import { refuse } from './frame_rules.ts';
import type { Message } from './message.ts';

/** Whether the request's mask, where it has one, lets an attribute count. */
function counts(m: Message, name: string): boolean {
  const bit = m.command?.command.mask?.[name];
  return bit === undefined || (Number(m.carried.get('@mask')) & bit) !== 0;
}

export function requestRules(spec: Spec): readonly Rule<Message>[] {
  const named = (m: Message): readonly Slot[] =>
    (m.operation?.handles ?? []).filter((slot) => slot.kind === 'handle' && m.call.has(slot.id));
  const found = (m: Message, slot: Slot): Instance | undefined => m.handles.get(m.call.numbers[slot.id] ?? 0);
  return [
    {
      clause: 'uverbs-attributes-carried',
      apply: (m) => {
        for (const [name, value] of m.carried) {
          const slot = name.startsWith('@') || !counts(m, name) ? undefined : slotOf(spec, m, name);
          if (slot !== undefined) put(m, slot, value);
        }
        return 0;
      },
    },
    refuse('handle-attribute-unknown', ERRNO.ENOENT, (m) => named(m).some((slot) => found(m, slot) === undefined)),
    refuse('uverbs-handle-type', ERRNO.EINVAL, (m) => named(m).some((slot) => found(m, slot)?.object !== slot.object)),
    {
      clause: 'uverbs-attributes-carried',
      apply: (m) => {
        for (const slot of named(m)) m.call.objects[slot.id] = found(m, slot);
        return 0;
      },
    },
  ];
}
