/** What is written to the device, to words: the header, and how long what follows is. Never throws. */
import type { Decoded, DecodedItem } from '../abi.ts';
import { commandWord } from './command.ts';
import { EXTENDED_HEADER, PLAIN_HEADER } from './frame.ts';
import { COMMAND_EXTENDED } from './layout.ts';
import type { UverbsTables } from './tables.ts';

/** Stands for write where a call names its ioctl by number. */
export const NO_REQUEST = 0;

const REQUEST_NAME = 'write';

export function decodeWritten(tables: UverbsTables, bytes: Uint8Array): Decoded {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const word = bytes.length < 4 ? 0 : view.getUint32(0, true);
  const size = word >= COMMAND_EXTENDED ? EXTENDED_HEADER : PLAIN_HEADER;
  if (bytes.length < size) {
    const message = `the header is ${String(size)} bytes, here are ${String(bytes.length)}`;
    return { name: '?', request: REQUEST_NAME, header: [], attributes: [], problem: { offset: bytes.length, message } };
  }
  const command = tables.commands.find((one) => commandWord(one) === word);
  const item = (name: string, value: number | bigint | string, offset: number, length: number): DecodedItem => ({
    name,
    value: String(value),
    offset,
    length,
    notes: [],
  });
  const hex = (value: number | bigint): string => `0x${value.toString(16)}`;
  const rest = (): DecodedItem[] => [
    item('response', hex(view.getBigUint64(8, true)), 8, 8),
    item('provider_in_words', view.getUint16(16, true), 16, 2),
    item('provider_out_words', view.getUint16(18, true), 18, 2),
    item('reserved', hex(view.getUint32(20, true)), 20, 4),
  ];
  const header = [
    item('command', command === undefined ? hex(word) : `${command.name}(${hex(word)})`, 0, 4),
    item('in_words', view.getUint16(4, true), 4, 2),
    item('out_words', view.getUint16(6, true), 6, 2),
    ...(size === PLAIN_HEADER ? [] : rest()),
  ];
  const behind = bytes.length - size;
  const attributes = behind === 0 ? [] : [item('request', `${String(behind)} bytes`, size, behind)];
  return { name: `write(${command?.name ?? hex(word)})`, request: REQUEST_NAME, header, attributes };
}
