/**
 * The bytes of an ioctl message. Byte order is the host's; every host this project runs on is little-endian.
 *
 *   header, 24 bytes        attribute, 16 bytes
 *   +0  u16 length          +0 u16 attr_id
 *   +2  u16 object_id       +2 u16 len
 *   +4  u16 method_id       +4 u16 flags: bit 0 mandatory, bit 1 output written
 *   +6  u16 num_attrs       +6 u16 reserved, zero
 *   +8  u64 reserved1       +8 u64 data: the value of an input of up to 8 bytes, a handle, else a pointer
 *   +16 u32 driver_id
 *   +20 u32 reserved2
 * Source: rdma/rdma_user_ioctl_cmds.h.
 */
export const REQUEST = 0xc0181b01;
export const HEADER_BYTES = 24;
export const ATTRIBUTE_BYTES = 16;
/** A page: the longest message, 254 attributes. */
export const MAXIMUM_LENGTH = 4096;
/** Where an attribute keeps its flags and its data. */
export const FLAGS_AT = 4;
export const DATA_AT = 8;
/** Inputs up to this size lie in the data field itself; outputs never do. */
export const INLINE_BYTES = 8;

export const FLAG_MANDATORY = 1;
export const FLAG_WRITTEN = 2;

/** The part of an id that says whose it is, and what it is in ids of the driver: objects, methods and attributes alike. */
export const NAMESPACE = 0xf000;
export const DRIVER_BIT = 0x1000;

/** The emulator's driver, which is none of the kernel's. */
export const DRIVER_ID = 0;

/** WRITE_CMD of INVOKE_WRITE: the low byte is the number, the top bit marks an extended command. */
export const COMMAND_NUMBER = 0xff;
export const COMMAND_EXTENDED = 0x80000000;

/** Offset of attribute `index` in region 0. */
export function attributeAt(index: number): number {
  return HEADER_BYTES + index * ATTRIBUTE_BYTES;
}
