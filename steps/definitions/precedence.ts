/** Messages that break the rules of two phases at once. */
import { When } from '@cucumber/cucumber';
import type { Call } from '../../spec/abi/abi.ts';
import { inChains } from '../client/chains.ts';
import type { Context } from '../client/client.ts';
import type { Result } from '../client/result.ts';
import { typesOffered } from '../client/offered.ts';
import { FAULTS, type Fault } from '../client/faults.ts';
import { specimenCall, type Specimen } from '../client/specimens.ts';
import { Refused } from '../client/things.ts';
import type { RdmaWorld, Trial } from '../support/world.ts';

interface Pair {
  readonly earlier: Fault;
  readonly later: Fault;
}

When(
  'calls of {word} {method} break rules of two phases at once',
  async function (this: RdmaWorld, object: string, method: string) {
    const context = this.context();
    const variant = object === 'qp' ? typesOffered(this.client.session)[0] : undefined;
    const specimen = { name: `${object}.${method}`, object, variant, method, creates: method === 'create' };
    for (const fault of FAULTS) await standsAlone(this, context, fault, specimen);
    const pairs: Pair[] = [];
    for (const earlier of FAULTS) {
      for (const later of FAULTS) {
        if (earlier.phase >= later.phase || sameErrno(this, earlier, later)) continue;
        pairs.push({ earlier, later });
      }
    }
    const trials = await inChains(pairs, async ({ earlier, later }): Promise<Trial | undefined> => {
      const result = await broken(context, specimen, [later, earlier]);
      if (result === undefined) return undefined;
      return { name: `${specimen.name} ${earlier.clause} before ${later.clause}`, result, clause: earlier.clause };
    });
    this.trials = trials.filter((trial) => trial !== undefined);
  },
);

/** Two faults refused alike tell nothing about which one won. */
function sameErrno(world: RdmaWorld, a: Fault, b: Fault): boolean {
  return world.errnosOf(a.clause).join() === world.errnosOf(b.clause).join();
}

/** Each fault must be refused by its own clause when it is alone; otherwise nothing can be said of pairs. */
async function standsAlone(world: RdmaWorld, context: Context, fault: Fault, specimen: Specimen): Promise<void> {
  const result = await broken(context, specimen, [fault]);
  const errnos = world.errnosOf(fault.clause);
  if (result !== undefined && !errnos.includes(result.answer))
    throw new Refused(fault.clause, result, errnos.join(' or '));
}

/** Sends the call with the faults, the first of which wins a shared target last; undefined where one has nothing to spoil. */
async function broken(context: Context, specimen: Specimen, faults: readonly Fault[]): Promise<Result | undefined> {
  const { abi } = context.client.session;
  let call: Call | undefined = await specimenCall(context, specimen);
  for (const fault of faults) call = fault.spoil === undefined ? call : call && fault.spoil(call);
  if (call === undefined) return undefined;
  let draft = abi.draft(call);
  for (const [index, fault] of faults.entries()) {
    if (fault.damage === undefined) continue;
    const damage = abi.damage[fault.damage];
    const target = damage?.targets(draft).at(index === faults.length - 1 ? -1 : 0);
    if (damage === undefined || target === undefined) return undefined;
    draft = damage.apply(draft, target);
  }
  return context.send(abi.encode(draft));
}
