/** Commands that writev gives to a file in two pieces. */
import type { Call } from '../../spec/abi/abi.ts';
import type { Written } from '../../spec/abi/native.ts';
import type { Context } from './client.ts';
import { nativeOf, writeBytes } from './native.ts';
import type { Result } from './result.ts';

/** Bytes of an address. */
const POINTER = 8;

/** The command as its frame is written. */
export function writtenOf(context: Context, name: string, call: Call): Written {
  const native = nativeOf(context);
  return native.written(native.frame(name, native.command(name, call)));
}

export function lengthOf({ regions: [frame] }: Written): number {
  return frame?.bytes.length ?? 0;
}

/** One command, cut in two. */
export function writeCut(context: Context, written: Written, cut: number, name: string, call: Call): Promise<Result> {
  return writeBytes(context, { ...written, cut }, name, call);
}

/** The first piece of a command, with nothing behind it. */
export function firstPiece({ regions: [frame, ...rooms], patches }: Written, cut: number): Written {
  if (frame === undefined) throw new RangeError('a command has a frame');
  const whole = patches.filter(({ into, offset }) => into !== 0 || offset + POINTER <= cut);
  return { regions: [{ ...frame, bytes: frame.bytes.slice(0, cut) }, ...rooms], patches: whole };
}

/** Two commands one behind the other in one buffer, each with its own room. */
export function joined(one: Written, other: Written): Written {
  const [first, ...rooms] = one.regions;
  const [second, ...others] = other.regions;
  if (first === undefined || second === undefined) throw new RangeError('a command has a frame');
  const moved = (region: number): number => (region === 0 ? 0 : region + rooms.length);
  const behind = other.patches.map((patch) => ({
    ...patch,
    into: moved(patch.into),
    region: moved(patch.region),
    offset: patch.into === 0 ? patch.offset + first.bytes.length : patch.offset,
  }));
  const bytes = Buffer.concat([first.bytes, second.bytes]);
  return { regions: [{ bytes }, ...rooms, ...others], patches: [...one.patches, ...behind] };
}
