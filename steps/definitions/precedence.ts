/** Messages that break the rules of two phases at once. */
import { When } from '@cucumber/cucumber';
import { broken } from '../client/broken.ts';
import { inChains } from '../client/chains.ts';
import type { Context } from '../client/client.ts';
import { typesOffered } from '../client/offered.ts';
import { FAULTS, type Fault } from '../client/faults.ts';
import type { Specimen } from '../client/specimens.ts';
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
async function standsAlone(
  world: RdmaWorld,
  context: Context,
  fault: Fault,
  specimen: Omit<Specimen, 'prepared'>,
): Promise<void> {
  const result = await broken(context, specimen, [fault]);
  const errnos = world.errnosOf(fault.clause);
  if (result !== undefined && !errnos.includes(result.answer))
    throw new Refused(fault.clause, result, errnos.join(' or '));
}
