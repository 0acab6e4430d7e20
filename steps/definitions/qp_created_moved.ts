/** Queue pairs created in a state, compared with the calls one by one. */
import { Then, When } from '@cucumber/cucumber';
import { acceptedArrivals, refusedArrivals } from '../client/arrivals.ts';
import { arrive, remainsOf } from '../client/created_moved.ts';
import { limitOf } from '../client/limits.ts';
import { createCall, make, on } from '../client/things.ts';
import { judge } from '../support/judge.ts';
import type { RdmaWorld, Trial } from '../support/world.ts';

When(
  '{type} queue pairs are created in each state on the way to RTS, bare and with each optional attribute',
  async function (this: RdmaWorld, type: string) {
    const context = this.context();
    const { parts } = await make(context, 'qp', type);
    const trials: Trial[] = [];
    for (const arrival of await acceptedArrivals(context, type)) {
      const { name, result, answer, differs } = await arrive(context, type, parts, arrival);
      // A modify that is refused by itself is a matter of its own clause.
      if (answer === '0') trials.push({ name, result, expected: 'alike', got: differs === '' ? 'alike' : differs });
    }
    this.trials = trials;
  },
);

Then('every create succeeds and comes to the same as the calls one by one', function (this: RdmaWorld) {
  for (const trial of this.trials) judge(this, trial, ['0']);
});

When(
  '{type} queue pairs are created with attributes that a modify on the way refuses',
  async function (this: RdmaWorld, type: string) {
    const context = this.context();
    const { parts } = await make(context, 'qp', type);
    const trials: Trial[] = [];
    for (const arrival of await refusedArrivals(context, type)) {
      const { name, result, answer } = await arrive(context, type, parts, arrival);
      trials.push({ name, result, expected: answer });
    }
    this.trials = trials;
  },
);

Then('every create is answered as the first modify that is refused', function (this: RdmaWorld) {
  for (const { name, result, expected = '' } of this.trials)
    this.check(name, result.answer === expected, expected, result.answer, result);
});

When(
  '{type} queue pairs are created in a file without any, with attributes that a modify on the way refuses',
  async function (this: RdmaWorld, type: string) {
    const context = this.context();
    const { parts } = await createCall(context, 'qp', type);
    const trials: Trial[] = [];
    for (const arrival of await refusedArrivals(context, type)) {
      const { result, left } = await remainsOf(context, type, parts, arrival);
      if (left === undefined) continue;
      trials.push({ name: arrival.name, result, expected: 'nothing left', got: left === '' ? 'nothing left' : left });
    }
    for (const part of new Set(Object.values(parts))) {
      const result = await context.call(on(part, 'destroy'));
      trials.push({ name: `${part.object} afterwards`, result, expected: '0', got: result.answer });
    }
    this.trials = trials;
  },
);

Then('no create leaves anything behind', function (this: RdmaWorld) {
  for (const { name, result, expected = '', got = '' } of this.trials)
    this.check(name, got === expected, expected, got, result);
});

Then(
  'as many refused {type} creates as the limit of queue pairs and one leave room for another',
  async function (this: RdmaWorld, type: string) {
    const context = this.context();
    const { call, parts } = await createCall(context, 'qp', type);
    const limit = await limitOf(context, 'max_qp');
    for (let count = 0; count <= limit; count += 1)
      await remainsOf(context, type, parts, { name: 'without a port', state: 'INIT', attributes: { port: undefined } });
    const result = await context.call(call);
    this.check('room for another', result.answer === '0', '0', result.answer, result);
  },
);
