/**
 * A write command as write() takes it: header, request, and an address where the response goes.
 *
 *   plain, 8 bytes                    extended, 16 bytes more
 *   +0 u32 command                    +8  u64 response
 *   +4 u16 in_words, of 4 (8) bytes   +16 u16 provider_in_words
 *   +6 u16 out_words                  +18 u16 provider_out_words
 *                                     +20 u32 reserved
 * Source: rdma/ib_user_verbs.h; core/uverbs_main.c ib_uverbs_write.
 */
import type { Patch } from '../abi.ts';
import type { Frame, Written } from '../native.ts';
import type { Draft } from './draft.ts';
import { commandWord } from './command.ts';
import { DRIVER_BIT } from './layout.ts';
import type { Command } from './tables.ts';

export const PLAIN_HEADER = 8;
export const EXTENDED_HEADER = 24;
export const PLAIN_WORD = 4;
export const EXTENDED_WORD = 8;
/** Where the address of the response stands: in the extended header, or at the start of the request. */
export const ADDRESS_AT = 8;
/** Room that an address can point to where nothing is asked for. */
const SOME_ROOM = 8;

const NOTHING = new Uint8Array(0);

/** The frame of a command that INVOKE_WRITE carries, lengths rounded up to whole words. */
export function frameOf(command: Command, { attributes }: Draft): Frame {
  const part = (id: number): Uint8Array => attributes.find((attribute) => attribute.id === id)?.payload ?? NOTHING;
  const word = command.extended ? EXTENDED_WORD : PLAIN_WORD;
  const whole = (bytes: number): number => Math.ceil(bytes / word) * word;
  const padded = (bytes: Uint8Array): Uint8Array => {
    const all = new Uint8Array(whole(bytes.length));
    all.set(bytes);
    return all;
  };
  const room = whole(part(1).length);
  return {
    word: commandWord(command),
    extended: command.extended,
    request: padded(part(0)),
    driver: padded(part(DRIVER_BIT)),
    room,
    driverRoom: whole(part(DRIVER_BIT | 1).length),
    address: room > 0 ? 'room' : command.extended ? 'zero' : 'none',
  };
}

export function written(frame: Frame): Written {
  const { extended, request, driver, room, driverRoom, address } = frame;
  const header = extended ? EXTENDED_HEADER : PLAIN_HEADER;
  const bytes = new Uint8Array(header + request.length + driver.length);
  const view = new DataView(bytes.buffer);
  view.setUint32(0, frame.word, true);
  view.setUint16(4, frame.inWords ?? (extended ? request.length / EXTENDED_WORD : bytes.length / PLAIN_WORD), true);
  view.setUint16(6, frame.outWords ?? (extended ? room / EXTENDED_WORD : (room + driverRoom) / PLAIN_WORD), true);
  if (extended) {
    view.setUint16(16, frame.driverInWords ?? driver.length / EXTENDED_WORD, true);
    view.setUint16(18, frame.driverOutWords ?? driverRoom / EXTENDED_WORD, true);
    view.setUint32(20, frame.reserved ?? 0, true);
  }
  bytes.set(request, header);
  bytes.set(driver, header + request.length);
  const sent = frame.cut === undefined ? bytes : bytes.slice(0, frame.cut);
  const message = { bytes: sent, guard: true };
  if (address !== 'room' || sent.length < ADDRESS_AT + 8) return { regions: [message], patches: [] };
  const patches: readonly Patch[] = [{ into: 0, offset: ADDRESS_AT, region: 1, target: 0 }];
  return { regions: [message, { bytes: new Uint8Array(room + driverRoom || SOME_ROOM), guard: true }], patches };
}
