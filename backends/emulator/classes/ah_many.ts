/**
 * Address handles by the list: one call, and one command to the device, for what a program would ask for in a loop.
 * Each path is judged as by a create of its own, before the command goes out; what is made can be destroyed one by one.
 */
import type { StructValue } from '../../../spec/abi/abi.ts';
import { ERRNO } from '../../../spec/errno.ts';
import type { Spec } from '../../../spec/model.ts';
import type { Call } from '../core/call.ts';
import type { Device } from '../core/device.ts';
import { Instance } from '../core/instance.ts';
import type { Rule } from '../rules.ts';
import type { AhState } from './ah.ts';
import { commandRules } from './ah_commands.ts';
import { idOf } from './ids.ts';

const { EINVAL, ENOMEM, ENOSPC } = ERRNO;
const HANDLE_BYTES = 4;

/** The errno by which a create would refuse a path of this device's form while `counted` address handles exist; 0 for none. */
function refusalOf({ model }: Device, counted: number, path: StructValue): number {
  const port = model.ports[Number(path['port'] ?? 0) - 1];
  if (port === undefined || port.transport === 'ROCE') return EINVAL;
  const hasGrh = Number(path['is_global'] ?? 0) !== 0;
  if (hasGrh && Number(path['sgid_index'] ?? 0) >= port.gids) return EINVAL;
  return counted >= (model.limits['max_ah'] ?? 0) ? ENOMEM : 0;
}

export function ahManyRules(spec: Spec): Readonly<Record<string, readonly Rule<Call>[]>> {
  const id = (name: string): number => idOf(spec, 'pd', name);
  const [paths, handles, made, refusal] = [id('paths'), id('handles'), id('made'), id('refusal')];
  const pathsOf = (call: Call): readonly StructValue[] =>
    call.has(paths) ? (call.objects[paths] as readonly StructValue[]) : [];
  return {
    'pd.create_ahs': [
      {
        clause: 'ah-many-count',
        apply: (call) => {
          const { length } = pathsOf(call);
          return length === 0 || length > (call.device.model.limits['max_ah_batch'] ?? 0) ? EINVAL : 0;
        },
      },
      {
        clause: 'ah-many-room',
        apply: (call) =>
          call.wants(handles) && (call.room[handles] ?? 0) < HANDLE_BYTES * pathsOf(call).length ? ENOSPC : 0,
      },
      {
        clause: 'ah-many-stops',
        apply: (call) => {
          const before = call.device.counted('ah');
          const all = pathsOf(call);
          const refusals = all.map((path, index) => refusalOf(call.device, before + index, path));
          const first = refusals.findIndex((errno) => errno !== 0);
          call.outNumbers[made] = first < 0 ? all.length : first;
          call.outNumbers[refusal] = refusals[first] ?? 0;
          return 0;
        },
      },
      {
        clause: 'ah-many-first',
        apply: (call) => (call.outNumbers[made] === 0 ? (call.outNumbers[refusal] ?? 0) : 0),
      },
      ...commandRules('ah-create-timeout'),
      {
        clause: 'ah-many',
        apply: (call) => {
          const pd = call.target as Instance;
          const space = call.device.table.spaces.indexOf('ah');
          call.outObjects[handles] = pathsOf(call)
            .slice(0, call.outNumbers[made])
            .map((path) => {
              const state: AhState = { pd, path, port: Number(path['port']), userHandle: 0n };
              const instance = new Instance(call.context, 'ah', undefined, [pd], state);
              call.context.attach(instance, space);
              return instance.handle;
            });
          return 0;
        },
      },
    ],
  };
}
