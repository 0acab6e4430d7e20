/** What programs sent through libibverbs to a driver of Linux, as `record.sh` wrote it down: one JSON line for each call. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { SentMemory } from '../../spec/abi/abi.ts';
import type { TraceLine } from '../../spec/verdict/evidence.ts';
import { ROOT } from '../project.ts';
import { bytesOf } from '../views/calls.ts';

/** Of whom it is: the first line. */
export interface Origin {
  readonly library: string;
  readonly programs: string;
  readonly kernel: string;
  readonly driver: string;
}

/** A call; addresses stand in its bytes as they were, and `patches` says where. */
export interface RecordedCall extends Omit<TraceLine, 'n'> {
  /** `walk` calls every function of libibverbs 1.0, `walk_old` does so without the ioctl; the others are of rdma-core. */
  readonly program: string;
  /** The function of the library that ran; absent where it was one of its header. */
  readonly function?: string;
}

export interface Recording {
  readonly origin: Origin;
  readonly calls: readonly RecordedCall[];
}

export function readRecording(path = join(ROOT, 'runner', 'recordings', 'recorded.ndjson')): Recording {
  const [origin = '{}', ...lines] = readFileSync(path, 'utf8').trimEnd().split('\n');
  return { origin: JSON.parse(origin) as Origin, calls: lines.map((line) => JSON.parse(line) as RecordedCall) };
}

/** Calls by program, in the order in which they were recorded. */
export function byProgram({ calls }: Recording): ReadonlyMap<string, readonly RecordedCall[]> {
  const all = new Map<string, RecordedCall[]>();
  for (const call of calls) all.set(call.program, [...(all.get(call.program) ?? []), call]);
  return all;
}

/** The bytes before the call, and after it where `after` is true. */
export function memoryOf({ sent = [], received = sent, patches = [] }: RecordedCall, after = false): SentMemory {
  return {
    regions: (after ? received : sent).map(bytesOf),
    patches: patches.map(([into, offset, region, target]) => ({ into, offset, region, target })),
  };
}

/** Whether the call carries a message: an ioctl, or a command by write. */
export function isMessage({ call, sent }: RecordedCall): boolean {
  return (call === 'ioctl' || call === 'write') && sent !== undefined;
}
