/**
 * The bytes of a `uapi` message, to the last bit. Byte order is the host's; every host this project runs on is little-endian.
 *
 *   header, 8 bytes            attribute header, 8 bytes
 *   +0 u16 length              +0 u16 length, this header included, padding excluded
 *   +2 u16 class_id            +2 u16 id
 *   +4 u32 object_id (in/out)  +4 u16 flags: bit 0 mandatory, bit 1 output written
 *                              +6 u16 reserved, zero
 * Attributes follow the header back to back, each padded with zero bytes to a multiple of 8.
 * Source: Gunthorpe's sketch of 2016-04-25 (m13); the decisions are notes 0001 and following in spec/decisions.
 */
export const HEADER_BYTES = 8;
export const ATTRIBUTE_BYTES = 8;
export const ALIGNMENT = 8;
export const MAXIMUM_LENGTH = 4096;

export const FLAG_MANDATORY = 1;
export const FLAG_WRITTEN = 2;

/** Ids with this bit set belong to the driver, for classes and attributes alike. */
export const DRIVER_BIT = 0x8000;

/** Method numbers end below this; the first is that of chains of commands, the rest are kept for later. */
export const METHOD_LIMIT = 128;

/** What carries out a chain: a number of its own, which no class has. */
export const CHAIN_METHOD = 128;
/** The header of an element, u32 command and u32 next, precedes its message. */
export const ELEMENT_BYTES = 8;
/** Elements of a chain at most. */
export const CHAIN_ELEMENTS = 100;
/** The farthest that an element can lie from the one before: the largest message fits between. */
export const FARTHEST_NEXT = ELEMENT_BYTES + MAXIMUM_LENGTH;
/** In `command`: the method in the low byte; what became of the element, and the errno of the one that was refused. */
export const COMMAND_METHOD = 0xff;
export const COMMAND_DONE = 0x100;
export const COMMAND_ERRNO_SHIFT = 16;

const IOC_READ_WRITE = 3;
const IOC_MAGIC = 0x1b;
const REQUEST_BASE = ((IOC_READ_WRITE << 30) | (HEADER_BYTES << 16) | (IOC_MAGIC << 8)) >>> 0;

/** The ioctl number of a method: _IOWR(0x1b, method, 8 bytes). */
export function requestOf(method: number): number {
  return (REQUEST_BASE | (method & 0xff)) >>> 0;
}

/** The method a request number carries, or -1 where the number is not of this ABI. */
export function methodOf(request: number): number {
  return (request & 0xffffff00) >>> 0 === REQUEST_BASE ? request & 0xff : -1;
}

/** `length` rounded up to the next multiple of 8. */
export function aligned(length: number): number {
  return (length + (ALIGNMENT - 1)) & ~(ALIGNMENT - 1);
}
