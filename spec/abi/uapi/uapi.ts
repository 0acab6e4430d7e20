/** The generic object ABI of the 2016 mails as one value. */
import type { Spec } from '../../model.ts';
import type { Abi } from '../abi.ts';
import { CHAINS } from './chain.ts';
import { DAMAGE } from './damage.ts';
import { decode } from './decode.ts';
import { diagramOf } from './diagram.ts';
import { draftOf, type Draft } from './draft.ts';
import { encode, replyOf } from './encode.ts';
import { RECORD, recordIn } from './record.ts';
import { tablesOf } from './tables.ts';
import { structOf } from './values.ts';
import { wantsAlone } from './wants_alone.ts';

export function uapi(spec: Spec): Abi<Draft> {
  const tables = tablesOf(spec);
  return {
    id: 'uapi',
    expresses: (object, method) => spec.objects[object]?.methods[method] !== undefined,
    wantsAlone,
    draft: (call) => draftOf(spec, tables, call),
    encode,
    reply: (call, encoded) => replyOf(spec, tables, call, encoded),
    greeting: () => [],
    modifyBits: (_type, _to, mask) => mask,
    decode: (request, bytes) => decode(spec, tables, request, bytes),
    recordBytes: () => structOf(spec, RECORD).size,
    record: (_channel, bytes) => recordIn(spec, tables, bytes),
    diagram: (call) => diagramOf(spec, tables, encode(draftOf(spec, tables, call))),
    damage: DAMAGE,
    chains: CHAINS,
  };
}
