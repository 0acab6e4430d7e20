/** Address handles: one path, kept for sends. What can be asked of a path is judged here, once, and not at each send. */
import type { StructValue } from '../../../spec/abi/abi.ts';
import { ERRNO } from '../../../spec/errno.ts';
import type { Spec } from '../../../spec/model.ts';
import type { Call } from '../core/call.ts';
import type { Instance } from '../core/instance.ts';
import type { PortModel } from '../models/model.ts';
import type { Rule } from '../rules.ts';
import { commandRules } from './ah_commands.ts';
import { idOf } from './ids.ts';
import { admit, dismiss, named, withinLimit } from './lifetime.ts';

export interface AhState {
  readonly pd: Instance;
  /** A `path_roce` on RoCE ports, a `path_ib` on all others. */
  readonly path: StructValue;
  /** Number of the port it leaves by. */
  readonly port: number;
  readonly userHandle: bigint;
}

const { EINVAL } = ERRNO;

export function ahRules(spec: Spec): Readonly<Record<string, readonly Rule<Call>[]>> {
  const id = (name: string): number => idOf(spec, 'ah', name);
  const [pd, ib, roce, userHandle] = [id('pd'), id('path_ib'), id('path_roce'), id('user_handle')];
  const pathOf = (call: Call): StructValue => call.struct(call.has(roce) ? roce : ib);
  const numberOf = (call: Call): number => Number(pathOf(call)['port'] ?? 0);
  const portOf = (call: Call): PortModel | undefined => call.device.model.ports[numberOf(call) - 1];
  const hasGrh = (call: Call): boolean => call.has(roce) || Number(pathOf(call)['is_global'] ?? 0) !== 0;
  return {
    'ah.create': [
      { clause: 'ah-create-path', apply: (call) => (call.has(ib) === call.has(roce) ? EINVAL : 0) },
      { clause: 'ah-create-port', apply: (call) => (portOf(call) === undefined ? EINVAL : 0) },
      {
        clause: 'ah-create-transport',
        apply: (call) => (call.has(roce) === (portOf(call)?.transport === 'ROCE') ? 0 : EINVAL),
      },
      {
        clause: 'ah-create-sgid',
        apply: (call) =>
          hasGrh(call) && Number(pathOf(call)['sgid_index'] ?? 0) >= (portOf(call)?.gids ?? 0) ? EINVAL : 0,
      },
      withinLimit('ah', 'max_ah'),
      ...commandRules('ah-create-timeout'),
      {
        clause: 'ah-create',
        apply: (call) => {
          const state: AhState = {
            pd: call.instance(pd) as Instance,
            path: pathOf(call),
            port: numberOf(call),
            userHandle: call.has(userHandle) ? (call.objects[userHandle] as bigint) : 0n,
          };
          admit(call, named(call, [pd]), state);
          return 0;
        },
      },
    ],
    'ah.destroy': [
      ...commandRules('ah-destroy-timeout'),
      { clause: 'ah-destroy', apply: (call) => (dismiss(call), 0) },
    ],
  };
}
