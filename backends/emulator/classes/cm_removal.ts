/** A device that goes under ids of the system-wide node: they stay, and say so. */
import type { Spec } from '../../../spec/model.ts';
import type { CmId } from '../core/connections.ts';
import type { Instance } from '../core/instance.ts';
import type { Removal } from '../core/removal.ts';
import type { Rule } from '../rules.ts';
import { cmStatesOf, tell } from './cm_states.ts';

export function cmRemovalRules(spec: Spec): readonly Rule<Removal>[] {
  const gone = cmStatesOf(spec).number('DEVICE_GONE');
  return [
    {
      clause: 'cm-removal',
      apply: ({ device, system }) => {
        for (const id of idsOn(system)) {
          if (id.port?.device !== device) continue;
          leaveOthers(id);
          id.port = undefined;
          id.state = gone;
          tell(id, 'CM_DEVICE_REMOVAL');
        }
        return 0;
      },
    },
    // An id that is bound to every port is bound to none that could go.
    { clause: 'cm-removal-wildcard', apply: () => 0 },
  ];
}

/** The ids of all files of the system-wide node. */
export function idsOn(system: Removal['system']): CmId[] {
  const instances = [...(system?.contexts ?? [])].flatMap((context) => [...context.instances]);
  return instances.filter(({ object }) => object === 'cm_id').map((instance) => (instance as Instance<CmId>).state);
}

/** Nobody on the device is told of it: their ids go with the device. */
function leaveOthers(id: CmId): void {
  if (id.peer !== undefined) id.peer.peer = undefined;
  id.peer = undefined;
  for (const { from } of id.requests.splice(0)) from.waitsAt = undefined;
  id.owner.context.device.connections.bound.delete(id);
}
