/** Records of event channels as Linux hands them out: the user handle alone for completions, with the type of the event otherwise. */
import type { Spec } from '../../model.ts';
import type { EventReport } from '../abi.ts';
import type { Layout, UverbsTables } from './tables.ts';
import { getNumber } from './values.ts';

const LAYOUTS: Readonly<Record<string, string>> = { comp_channel: 'comp_event_desc', async_event: 'async_event_desc' };

/** Throws RangeError for a channel this ABI does not have. */
export function recordLayout(tables: UverbsTables, channel: string): Layout {
  const layout = tables.layouts[LAYOUTS[channel] ?? ''];
  if (layout === undefined) throw new RangeError(`uverbs has no records of ${channel}`);
  return layout;
}

export function recordIn(spec: Spec, tables: UverbsTables, channel: string, bytes: Uint8Array): EventReport {
  const layout = recordLayout(tables, channel);
  if (bytes.length !== layout.bytes)
    throw new RangeError(`a record of ${channel} has ${String(layout.bytes)} bytes, here are ${String(bytes.length)}`);
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const value = (name: string): number | bigint | undefined => {
    const field = layout.fields.find((candidate) => candidate.name === name);
    return field && getNumber(view, field.at, field);
  };
  const type = value('event_type');
  const event = Object.entries(spec.enums['event'] ?? {}).find(([, number]) => number === type)?.[0];
  return {
    event: type === undefined ? 'COMPLETION' : (event ?? String(type)),
    element: BigInt(value('element') ?? value('cq_handle') ?? 0),
    reserved: Number(value('reserved') ?? 0),
  };
}
