/** The ABI Linux ships, RDMA_VERBS_IOCTL and the write commands inside it, as one value. */
import type { Spec } from '../../model.ts';
import type { Abi } from '../abi.ts';
import { DAMAGE } from './damage.ts';
import { decode } from './decode.ts';
import { diagramOf } from './diagram.ts';
import { draftAttribute, draftFor, draftOf, type Draft } from './draft.ts';
import { encode } from './encode.ts';
import { formsOf } from './forms.ts';
import { modifyBits } from './modify_bits.ts';
import { tablesOf } from './read_tables.ts';
import { recordIn, recordLayout } from './record.ts';
import { replyOf } from './reply.ts';
import { wantsAlone } from './wants_alone.ts';

export function uverbs(spec: Spec): Abi<Draft> {
  const tables = tablesOf(spec);
  const forms = formsOf(tables);
  const greeting = (): Draft => {
    const outputs = tables.getContext.attributes.filter((attribute) => attribute.form === 'out' && !attribute.open);
    const attributes = outputs.map((attribute) => ({
      ...draftAttribute(spec, tables.getContext.object, attribute, () => undefined),
      name: attribute.name.toLowerCase(),
    }));
    return draftFor(tables.getContext, attributes);
  };
  return {
    id: 'uverbs',
    expresses: (object, method) => forms.has(`${object}.${method}`),
    wantsAlone,
    draft: (call) => draftOf(spec, tables, call),
    encode,
    reply: (call, encoded) => replyOf(spec, tables, call, encoded),
    greeting: () => [encode(greeting())],
    modifyBits: (type, to, mask) => modifyBits(spec, type, to, mask),
    decode: (request, bytes) => decode(tables, request, bytes),
    recordBytes: (channel) => recordLayout(tables, channel).bytes,
    record: (channel, bytes) => recordIn(spec, tables, channel, bytes),
    diagram: (call) => diagramOf(tables, call, encode(draftOf(spec, tables, call))),
    damage: DAMAGE,
  };
}
