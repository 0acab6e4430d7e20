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
    (m.operation?.handles ?? []).filter((slot) => m.call.has(slot.id) && slot.kind !== 'fd');
  const found = (m: Message, slot: Slot): readonly (Instance | undefined)[] => {
    const handles = slot.kind === 'list' ? (m.call.objects[slot.id] as readonly number[]) : [m.call.numbers[slot.id]];
    return handles.map((handle) => m.handles.get(handle ?? 0));
  };
  return [
    refuse('uverbs-request-mask', ERRNO.EINVAL, (m) => {
      const mask = m.command?.command.mask;
      const known = Object.values(mask ?? {}).reduce((sum, bit) => sum | bit, 0);
      return mask !== undefined && (Number(m.carried.get('@mask')) & ~known) !== 0;
    }),
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
    refuse('handle-attribute-unknown', ERRNO.ENOENT, (m) =>
      named(m).some((slot) => found(m, slot).includes(undefined)),
    ),
    refuse('uverbs-handle-type', ERRNO.EINVAL, (m) =>
      named(m).some((slot) => found(m, slot).some((instance) => instance?.object !== slot.object)),
    ),
    {
      clause: 'uverbs-attributes-carried',
      apply: (m) => {
        for (const slot of named(m)) {
          const instances = found(m, slot) as readonly Instance[];
          m.call.objects[slot.id] = slot.kind === 'list' ? instances : instances[0];
        }
        return 0;
      },
    },
  ];
}
