/** The ABIs there are, by id; each is built from the compiled spec when first asked for. */
import type { AbiId, Spec } from '../model.ts';
import type { Abi } from './abi.ts';
import { uapi } from './uapi/uapi.ts';
import { uverbs } from './uverbs/uverbs.ts';

const BUILDERS: Readonly<Record<AbiId, (spec: Spec, driver?: string) => Abi>> = { uapi, uverbs };

const built = new WeakMap<Spec, Map<string, Abi>>();

/** `driver`: the one the device has, which can want something of its own in a message. */
export function abiOf(spec: Spec, id: AbiId, driver = ''): Abi {
  let abis = built.get(spec);
  if (abis === undefined) built.set(spec, (abis = new Map<string, Abi>()));
  const key = `${id} ${driver}`;
  let abi = abis.get(key);
  if (abi === undefined) abis.set(key, (abi = BUILDERS[id](spec, driver)));
  return abi;
}
