/** SRQ.CREATE looks for what a type needs before anything else, and at nothing more. Source: core/uverbs_std_types_srq.c. */
import { ERRNO } from '../../../../spec/errno.ts';
import type { Spec } from '../../../../spec/model.ts';
import { idOf } from '../../classes/ids.ts';
import type { Rule } from '../../rules.ts';
import { refuse } from './frame_rules.ts';
import type { Message } from './message.ts';

/** Attributes that some types need; the others ignore them. */
const OF_TYPES: Readonly<Record<string, readonly string[]>> = { XRC: ['xrcd', 'cq'], TM: ['cq', 'max_num_tags'] };

export function srqTypeRules(spec: Spec): readonly Rule<Message>[] {
  const types = Object.entries(spec.enums['srq_type'] ?? {});
  const id = (name: string): number => idOf(spec, 'srq', name);
  const all = [...new Set(Object.values(OF_TYPES).flat())];
  const isCreate = (m: Message): boolean => m.operation?.object === 'srq' && m.operation.creates;
  const own = (m: Message): readonly string[] =>
    OF_TYPES[types.find(([, number]) => number === m.carried.get('type'))?.[0] ?? ''] ?? [];
  return [
    {
      clause: 'uverbs-attributes-ignored',
      apply: (m) => {
        if (!isCreate(m)) return 0;
        for (const name of all.filter((one) => !own(m).includes(one)))
          m.call.low = (m.call.low & ~(1 << id(name))) >>> 0;
        return 0;
      },
    },
    refuse('srq-create-xrc', ERRNO.ENOENT, (m) => isCreate(m) && own(m).some((name) => !m.call.has(id(name)))),
  ];
}
