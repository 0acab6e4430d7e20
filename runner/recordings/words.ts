/** Recorded calls in the words of spec/libibverbs.yaml: `open device`, `read async_event`, a method, or a write command. */
import type { Abi, NamedPlace } from '../../spec/abi/abi.ts';
import { bytesOf } from '../views/calls.ts';
import { isMessage, memoryOf, type RecordedCall } from './recorded.ts';

/** Opening makes a descriptor of this. */
const DEVICE = 'device';
const INSIDE = /^device\.invoke_write\((\w+)\)$/;
const WRITTEN = /^write\((\w+)\)$/;

/** The word of each call of one program. */
export function wordsOf(calls: readonly RecordedCall[], abi: Abi): string[] {
  const descriptors = new Map<number, string>();
  return calls.map((call) => {
    const word = wordOf(call, abi, descriptors);
    for (const { place, value } of isMessage(call) ? namedIn(call, abi) : [])
      if (place.names === 'fd' && place.use === 'made') descriptors.set(value, place.of);
    return word;
  });
}

function wordOf(call: RecordedCall, abi: Abi, descriptors: Map<number, string>): string {
  const { call: kind, request, sent, answer, fd = -1 } = call;
  if (kind === 'open') {
    descriptors.set(Number(answer), DEVICE);
    return `open ${DEVICE}`;
  }
  if (!isMessage(call)) return `${kind} ${descriptors.get(fd) ?? '?'}`;
  const { name } = abi.decode(kind === 'write' ? 0 : Number(request), bytesOf(sent?.[0] ?? ''));
  return (INSIDE.exec(name) ?? WRITTEN.exec(name))?.[1] ?? name;
}

/** What a call names, and the number it has there when the call is over. */
export function namedIn(call: RecordedCall, abi: Abi): readonly { place: NamedPlace; value: number }[] {
  const after = memoryOf(call, true);
  const named = call.call === 'write' ? abi.names?.write(after) : abi.names?.ioctl(Number(call.request), after);
  return (named?.places ?? []).map((place) => ({ place, value: numberAt(after.regions[place.region], place) }));
}

function numberAt(bytes: Uint8Array = new Uint8Array(0), { offset, bytes: width }: NamedPlace): number {
  const there = Buffer.from(bytes.subarray(offset, offset + width));
  return there.length < 4 ? -1 : there.readUInt32LE(0);
}
