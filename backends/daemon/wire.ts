/** Bytes and addresses as the protocol writes them; the text of calls that are made by the thousand. */
import type { Patch, Region, Value } from '../../spec/abi/abi.ts';
import type { Answer, Control } from '../backend.ts';
import type { Answered, WireRegion } from './messages.ts';

export function hexOf(bytes: Uint8Array): string {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length).toString('hex');
}

/** `hex` has been checked. */
export function bytesOf(hex: string): Uint8Array {
  // A plain array and no copy: buffers mean something else by slice().
  const { buffer, byteOffset, length } = Buffer.from(hex, 'hex');
  return new Uint8Array(buffer, byteOffset, length);
}

export function addressText(address: bigint): string {
  return `0x${address.toString(16)}`;
}

/** JSON of the members `regions` and `patches`; joined by hand, since stringify takes twice as long. */
export function memoryText(regions: readonly Region[], patches: readonly Patch[]): string {
  let text = '"regions":[';
  let separator = '';
  for (const { bytes, readOnly, guard } of regions) {
    const flags = `${readOnly === true ? ',"readOnly":true' : ''}${guard === true ? ',"guard":true' : ''}`;
    text += `${separator}{"bytes":"${hexOf(bytes)}"${flags}}`;
    separator = ',';
  }
  text += '],"patches":[';
  separator = '';
  for (const { into, offset, region, target } of patches) {
    text += `${separator}[${String(into)},${String(offset)},${String(region)},${String(target)}]`;
    separator = ',';
  }
  return `${text}]`;
}

/** JSON of a member `regions` with what is no longer as it was sent; nothing where all is. */
export function changedText(regions: readonly Region[], sent: readonly WireRegion[]): string {
  let text = '';
  regions.forEach(({ bytes }, index) => {
    const now = hexOf(bytes);
    if (now !== sent[index]?.bytes) text += `${text === '' ? ',"regions":{' : ','}"${String(index)}":"${now}"`;
  });
  return text === '' ? '' : `${text}}`;
}

export function answerOf<T>(answered: Answered<T>): Answer<T> {
  return 'errno' in answered ? { ok: false, errno: answered.errno } : { ok: true, value: answered.value };
}

export function answeredOf<T>(answer: Answer<T>): Answered<T> {
  return answer.ok ? { value: answer.value } : { errno: answer.errno };
}

/** A control as JSON has it: numbers of 64 bits are text. */
export function controlText(control: Control): string {
  return JSON.stringify(control, (_, value: unknown) => (typeof value === 'bigint' ? addressText(value) : value));
}

/** The attributes of a control with their numbers of 64 bits. */
export function attributesOf(value: Value): Value {
  if (typeof value === 'string') return WIDE.test(value) ? BigInt(value) : value;
  if (Array.isArray(value)) return value.map((one: Value) => attributesOf(one)) as unknown as Value;
  if (typeof value !== 'object') return value;
  const entries = Object.entries(value).map(([name, one]) => [name, attributesOf(one as Value)]);
  return Object.fromEntries(entries) as Value;
}

const WIDE = /^0x[0-9a-f]{1,16}$/;
