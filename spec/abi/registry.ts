/** The ABIs there are, by id; each is built from the compiled spec when first asked for. */
import type { AbiId, Spec } from '../model.ts';
import type { Abi } from './abi.ts';
import { uapi } from './uapi/uapi.ts';
import { uverbs } from './uverbs/uverbs.ts';

const BUILDERS: Readonly<Record<AbiId, (spec: Spec) => Abi>> = { uapi, uverbs };

const built = new WeakMap<Spec, Map<AbiId, Abi>>();

export function abiOf(spec: Spec, id: AbiId): Abi {
  let abis = built.get(spec);
  if (abis === undefined) built.set(spec, (abis = new Map<AbiId, Abi>()));
  let abi = abis.get(id);
  if (abi === undefined) abis.set(id, (abi = BUILDERS[id](spec)));
  return abi;
}
