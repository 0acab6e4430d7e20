/** Memory windows: a key that is bound to nothing yet. Binding is a work request and belongs to the data path. */
import { ERRNO } from '../../../spec/errno.ts';
import type { Spec } from '../../../spec/model.ts';
import type { Call } from '../core/call.ts';
import type { Instance } from '../core/instance.ts';
import type { Rule } from '../rules.ts';
import { idOf } from './ids.ts';
import { admit, dismiss, named, withinLimit } from './lifetime.ts';

export interface MwState {
  readonly pd: Instance;
  readonly type: number;
  /** Key of Device.rkeys. */
  readonly rkey: number;
}

const TYPES: ReadonlySet<number> = new Set([1, 2]);

export function mwRules(spec: Spec): Readonly<Record<string, readonly Rule<Call>[]>> {
  const id = (name: string): number => idOf(spec, 'mw', name);
  const [pd, type, rkey] = [id('pd'), id('type'), id('rkey')];
  return {
    'mw.create': [
      {
        clause: 'mw-create-type',
        apply: (call) => (TYPES.has(call.numbers[type] as number) ? 0 : ERRNO.EINVAL),
      },
      withinLimit('mw', 'max_mw'),
      { clause: 'mw-create-key', apply: (call) => ((call.outNumbers[rkey] = call.device.takeKey()), 0) },
      {
        clause: 'mw-create',
        apply: (call) => {
          const { rkeys } = call.device;
          const key = call.outNumbers[rkey] as number;
          const state: MwState = { pd: call.instance(pd) as Instance, type: call.numbers[type] as number, rkey: key };
          const instance = admit(call, named(call, [pd]), state);
          rkeys.set(key, instance);
          instance.release = () => rkeys.delete(key);
          return 0;
        },
      },
    ],
    'mw.destroy': [{ clause: 'mw-destroy', apply: (call) => (dismiss(call), 0) }],
  };
}
