/** What a Then says of the answers the last When left: each becomes a check of the scenario's clause. */
import { Then } from '@cucumber/cucumber';
import { hex, sameBytes } from '../client/recorder.ts';
import { Refused } from '../client/things.ts';
import { judge } from '../support/judge.ts';
import type { RdmaWorld } from '../support/world.ts';

Then('the call is refused', function (this: RdmaWorld) {
  refused(this);
});

Then('every call is refused', function (this: RdmaWorld) {
  refused(this);
});

Then('the call succeeds', function (this: RdmaWorld) {
  succeeded(this);
});

Then('every call succeeds', function (this: RdmaWorld) {
  succeeded(this);
});

Then('every message refused under {clause} is as it was', function (this: RdmaWorld, clause: string) {
  for (const trial of this.trials) {
    if (trial.result.errno === 0) throw new Refused(clause, trial.result, 'a refusal');
    const { before, after } = trial.result;
    const same = sameBytes(before, after);
    this.check(`${trial.name} message`, same, 'unchanged', same ? 'unchanged' : hex(after), trial.result);
  }
});

/** Every trial refused with an errno of its clause, and what was observed beside it as expected. */
function refused(world: RdmaWorld): void {
  for (const trial of world.trials) judge(world, trial, world.errnosOf(trial.clause ?? world.clause.id));
}

function succeeded(world: RdmaWorld): void {
  for (const trial of world.trials) judge(world, trial, ['0']);
}
