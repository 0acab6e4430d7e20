/** What the scenarios of removal have under way and set aside, by scenario. */
import type { Call } from '../../spec/abi/abi.ts';
import type { RdmaWorld } from './world.ts';
import type { Context } from '../client/client.ts';
import type { Flight } from '../client/flight.ts';
import type { Leaving } from '../client/removal.ts';
import type { Result } from '../client/result.ts';
import type { Specimen } from '../client/specimens.ts';
import type { Thing } from '../client/things.ts';

export interface Prepared {
  readonly specimen: Specimen;
  readonly call: Call;
}

export interface Stage {
  running?: Flight<Result>;
  leaving?: Leaving;
  /** Sound calls, on objects that exist. */
  calls: readonly Prepared[];
  /** Objects of every kind, the oldest first. */
  things: readonly Thing[];
  /** Reads and polls that wait, and what was read of a channel. */
  waiting?: readonly Flight<unknown>[];
  records?: readonly string[];
  /** What calls answered before. */
  before: readonly Result[];
  /** Address of a mapping, and the files of the processes that have it. */
  address: bigint;
  mapped: readonly Context[];
}

const stages = new WeakMap<RdmaWorld, Stage>();

export function stageOf(world: RdmaWorld): Stage {
  let stage = stages.get(world);
  if (stage === undefined) stages.set(world, (stage = { calls: [], things: [], before: [], address: 0n, mapped: [] }));
  return stage;
}
