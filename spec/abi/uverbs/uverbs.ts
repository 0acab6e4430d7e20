/** The ABI Linux ships as one value. */
import type { Spec } from '../../model.ts';
import type { Abi } from '../abi.ts';

export function uverbs(_spec: Spec): Abi {
  throw new Error('not built yet');
}
