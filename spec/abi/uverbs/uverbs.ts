/** The ABI Linux ships, RDMA_VERBS_IOCTL and the write commands inside it, as one value. */
import type { Spec } from '../../model.ts';
import type { Abi, Call } from '../abi.ts';
import { DAMAGE } from './damage.ts';
import { decode } from './decode.ts';
import { diagramOf } from './diagram.ts';
import { draftAttribute, draftFor, draftOf, type Draft } from './draft.ts';
import { driverDataOf, withDriverData } from './driver_data.ts';
import { encode } from './encode.ts';
import { formOf, formsOf } from './forms.ts';
import { DRIVER_ID } from './layout.ts';
import { modifyBits } from './modify_bits.ts';
import { nativeOf } from './native.ts';
import { namedCall, namedWrite } from './places.ts';
import { tablesOf } from './read_tables.ts';
import { recordIn, recordLayout } from './record.ts';
import { replyOf } from './reply.ts';
import { wantsAlone } from './wants_alone.ts';

/** `driver`: of the device, as driver_data.yaml names it. */
export function uverbs(spec: Spec, driver = ''): Abi<Draft> {
  const tables = tablesOf(spec);
  const forms = formsOf(tables);
  const data = driverDataOf(spec, driver);
  const greeting = (): Draft => {
    const outputs = tables.getContext.attributes.filter((attribute) => attribute.form === 'out' && !attribute.open);
    const attributes = outputs.map((attribute) => ({
      ...draftAttribute(spec, tables.getContext.object, attribute, () => undefined),
      name: attribute.name.toLowerCase(),
    }));
    return withDriverData(data, 'context', tables.getContext, draftFor(tables.getContext, attributes));
  };
  const draft = (call: Call): Draft => {
    const message = draftOf(spec, tables, call);
    // Calls to the emulator, whose driver wants nothing, are many: the form is looked up once.
    if (data.id === DRIVER_ID && data.calls.size === 0) return message;
    return withDriverData(data, `${call.object}.${call.method}`, formOf(tables, call).method, message);
  };
  return {
    id: 'uverbs',
    expresses: (object, method) => forms.has(`${object}.${method}`),
    wantsAlone,
    draft,
    encode,
    reply: (call, encoded) => replyOf(spec, tables, call, encoded),
    greeting: () => [encode(greeting())],
    modifyBits: (type, to, mask) => modifyBits(spec, type, to, mask),
    decode: (request, bytes) => decode(tables, request, bytes),
    recordBytes: (channel) => recordLayout(tables, channel).bytes,
    record: (channel, bytes) => recordIn(spec, tables, channel, bytes),
    diagram: (call) => diagramOf(tables, call, encode(draft(call))),
    names: {
      ioctl: (request, memory) => namedCall(spec, tables, request, memory),
      write: (memory) => namedWrite(spec, tables, memory),
    },
    damage: DAMAGE,
    native: nativeOf(spec, tables, data),
  };
}
