/** Records as Linux hands them out: 8 bytes of user handle for completions, 16 bytes for asynchronous events. Source: rdma/ib_user_verbs.h. */
import type { ChannelKind, EventRecord } from '../../core/channel.ts';

const COMP_EVENT_BYTES = 8;
const ASYNC_EVENT_BYTES = 16;

export function recordBytes(kind: ChannelKind): number {
  return kind === 'comp_channel' ? COMP_EVENT_BYTES : ASYNC_EVENT_BYTES;
}

export function recordOf(kind: ChannelKind, { event, element }: EventRecord): Uint8Array {
  const bytes = new Uint8Array(recordBytes(kind));
  const view = new DataView(bytes.buffer);
  view.setBigUint64(0, element, true);
  if (kind !== 'comp_channel') view.setUint32(8, event, true);
  return bytes;
}
