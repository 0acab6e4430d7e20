/** What a Then says of the answers the last When left: each becomes a check of the scenario's clause. */
import { Then } from '@cucumber/cucumber';
import { hex } from '../client/recorder.ts';
import { Refused } from '../client/things.ts';
import type { RdmaWorld, Trial } from '../support/world.ts';

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
    const before = hex(trial.result.before);
    const after = hex(trial.result.after);
    this.check(`${trial.name} message`, before === after, before, after, trial.result);
  }
});

/** Every trial refused with an errno of its clause, and what was observed beside it as expected. */
function refused(world: RdmaWorld): void {
  for (const trial of world.trials) {
    const expected = world.errnosOf(trial.clause ?? world.clause.id);
    world.check(trial.name, expected.includes(trial.result.answer), expected.join(' or '), trial.result.answer, trial.result);
    seen(world, trial);
  }
}

function succeeded(world: RdmaWorld): void {
  for (const trial of world.trials) {
    world.check(trial.name, trial.result.errno === 0, '0', trial.result.answer, trial.result);
    if (trial.result.errno === 0) seen(world, trial);
  }
}

function seen(world: RdmaWorld, trial: Trial): void {
  if (trial.expected === undefined || trial.got === undefined) return;
  world.check(`${trial.name} effect`, trial.expected === trial.got, trial.expected, trial.got, trial.result);
}
