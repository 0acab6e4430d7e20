/** Messages that break the rules of two phases at once. */
import { When } from '@cucumber/cucumber';
import type { Call } from '../../spec/abi/abi.ts';
import { inChains } from '../client/chains.ts';
import type { Context } from '../client/client.ts';
import { FAULTS, type Fault } from '../client/faults.ts';
import { specimenCall, type Specimen } from '../client/specimens.ts';
import type { RdmaWorld, Trial } from '../support/world.ts';

interface Pair {
  readonly earlier: Fault;
  readonly later: Fault;
  readonly specimen: Specimen;
}

When('calls of {word} {method} break rules of two phases at once', async function (this: RdmaWorld, object: string, method: string) {
  const context = this.context();
  const variant = object === 'qp' ? offeredType(this) : undefined;
  const specimen = { name: `${object}.${method}`, object, variant, method, creates: method === 'create' };
  const pairs: Pair[] = [];
  for (const earlier of FAULTS) {
    for (const later of FAULTS) {
      if (earlier.phase >= later.phase || sameErrno(this, earlier, later)) continue;
      pairs.push({ earlier, later, specimen });
    }
  }
  const trials = await inChains(pairs, (pair) => broken(context, pair));
  this.trials = trials.filter((trial) => trial !== undefined);
});

function offeredType(world: RdmaWorld): string | undefined {
  const types = Object.keys(world.spec.objects['qp']?.classId ?? {});
  return types.find((type) => world.client.session.capabilities.has(`qp-${type.toLowerCase().replaceAll('_', '-')}`));
}

/** Two faults refused alike tell nothing about which one won. */
function sameErrno(world: RdmaWorld, a: Fault, b: Fault): boolean {
  return world.errnosOf(a.clause).join() === world.errnosOf(b.clause).join();
}

/** The call with both faults, or undefined where one of them has nothing to spoil in it. */
async function broken(context: Context, { earlier, later, specimen }: Pair): Promise<Trial | undefined> {
  const { abi } = context.client.session;
  let call: Call | undefined = await specimenCall(context, specimen);
  for (const fault of [later, earlier]) call = fault.spoil === undefined ? call : call && fault.spoil(call);
  if (call === undefined) return undefined;
  let draft = abi.draft(call);
  for (const fault of [later, earlier]) {
    if (fault.damage === undefined) continue;
    const damage = abi.damage[fault.damage];
    const targets = damage?.targets(draft) ?? [];
    const target = targets.at(fault === earlier ? -1 : 0);
    if (damage === undefined || target === undefined) return undefined;
    draft = damage.apply(draft, target);
  }
  const result = await context.send(abi.encode(draft));
  return { name: `${specimen.name} ${earlier.clause} before ${later.clause}`, result, clause: earlier.clause };
}
