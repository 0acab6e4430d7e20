/** Drafts to bytes: region 0 is the message, every value that does not fit in an attribute has a region of its own. */
import type { Encoded, Patch, Region } from '../abi.ts';
import type { Draft, DraftAttribute } from './draft.ts';
import { ATTRIBUTE_BYTES, DATA_AT, FLAGS_AT, HEADER_BYTES, INLINE_BYTES, attributeAt } from './layout.ts';

/** A draft whose fields lie is encoded as it lies. The draft's own bytes are never handed out: a callee writes into regions. */
export function encode(draft: Draft): Encoded {
  const count = draft.attributes.length;
  const size = HEADER_BYTES + count * ATTRIBUTE_BYTES;
  const bytes = new Uint8Array(Math.max(size, draft.mapped ?? 0));
  const view = new DataView(bytes.buffer);
  view.setUint16(0, draft.length ?? size, true);
  view.setUint16(2, draft.objectId, true);
  view.setUint16(4, draft.methodId, true);
  view.setUint16(6, draft.count ?? count, true);
  const [reserved1, reserved2] = draft.reserved ?? [0n, 0];
  view.setBigUint64(8, reserved1, true);
  view.setUint32(16, draft.driverId, true);
  view.setUint32(20, reserved2, true);
  const regions: Region[] = [
    draft.mapped === undefined ? { bytes } : { bytes: bytes.subarray(0, draft.mapped), guard: true },
  ];
  const patches: Patch[] = [];
  draft.attributes.forEach((attribute, index) => {
    const at = attributeAt(index);
    view.setUint16(at, attribute.id, true);
    view.setUint16(at + 2, attribute.payload.length, true);
    view.setUint16(at + FLAGS_AT, attribute.flags, true);
    view.setUint16(at + 6, attribute.reserved, true);
    if (attribute.form === 'object') view.setBigUint64(at + DATA_AT, BigInt(attribute.handle), true);
    else if (isInline(attribute)) bytes.set(attribute.payload, at + DATA_AT);
    else {
      patches.push({ into: 0, offset: at + DATA_AT, region: regions.length, target: 0 });
      regions.push({
        bytes: attribute.payload.slice(),
        guard: true,
        ...(attribute.form === 'in' ? { readOnly: true } : {}),
      });
    }
  });
  return {
    request: draft.request,
    regions,
    patches: patches.filter((patch) => patch.offset + 8 <= (regions[0]?.bytes.length ?? 0)),
  };
}

function isInline(attribute: DraftAttribute): boolean {
  return attribute.form === 'in' && attribute.payload.length <= INLINE_BYTES;
}
