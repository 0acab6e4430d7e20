/** Polling: completions from a queue to whoever asks, the oldest first. */
import type { Spec } from '../../../spec/model.ts';
import { idOf } from '../classes/ids.ts';
import type { CqState } from '../classes/cq.ts';
import type { Call } from '../core/call.ts';
import type { Instance } from '../core/instance.ts';
import type { Rule } from '../rules.ts';

export function pollRules(spec: Spec): Readonly<Record<string, readonly Rule<Call>[]>> {
  const [list, count] = [idOf(spec, 'cq', 'completions'), idOf(spec, 'cq', 'count')];
  const size = spec.structs['work_completion']?.size ?? 1;
  return {
    'cq.poll': [
      {
        clause: 'completion-once',
        apply: (call) => {
          const { state } = call.target as Instance<CqState>;
          const room = call.wants(list) ? Math.floor((call.room[list] ?? 0) / size) : 0;
          const taken = state.completions.splice(0, room);
          call.outObjects[list] = taken.map(({ record }) => record);
          call.outNumbers[count] = taken.length;
          return 0;
        },
      },
    ],
  };
}
