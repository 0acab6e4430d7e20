/** Device memory: bytes handed out until there are no more. Where they lie nobody can see yet, so only amounts are kept. */
import { ERRNO } from '../../../spec/errno.ts';
import type { Spec } from '../../../spec/model.ts';
import type { Call } from '../core/call.ts';
import type { Rule } from '../rules.ts';
import { idOf } from './ids.ts';
import { admit, dismiss, notUsed } from './lifetime.ts';

export interface DmState {
  readonly length: bigint;
  /** Exponent of a power of two. */
  readonly alignment: number;
}

export function dmRules(spec: Spec): Readonly<Record<string, readonly Rule<Call>[]>> {
  const id = (name: string): number => idOf(spec, 'dm', name);
  const [length, alignment] = [id('length'), id('alignment')];
  const asked = (call: Call): bigint => (call.has(length) ? (call.objects[length] as bigint) : 0n);
  const exponent = (call: Call): number => call.numbers[alignment] as number;
  const size = (call: Call): bigint => BigInt(call.device.model.limits['max_dm_size'] ?? 0);
  return {
    'dm.create': [
      { clause: 'dm-create-empty', apply: (call) => (asked(call) === 0n ? ERRNO.EINVAL : 0) },
      { clause: 'dm-create-maximum', apply: (call) => (asked(call) > size(call) ? ERRNO.EINVAL : 0) },
      {
        clause: 'dm-create-alignment',
        apply: (call) => (exponent(call) > 63 || 1n << BigInt(exponent(call)) > size(call) ? ERRNO.EINVAL : 0),
      },
      {
        clause: 'dm-create-full',
        apply: (call) => (call.device.memoryTaken + asked(call) > size(call) ? ERRNO.ENOMEM : 0),
      },
      {
        clause: 'dm-create',
        apply: (call) => {
          const { device } = call;
          const state: DmState = { length: asked(call), alignment: exponent(call) };
          device.memoryTaken += state.length;
          admit(call, [], state).release = () => {
            device.memoryTaken -= state.length;
          };
          return 0;
        },
      },
    ],
    'dm.destroy': [notUsed('dm-destroy-busy'), { clause: 'dm-destroy', apply: (call) => (dismiss(call), 0) }],
  };
}
