/** Queue pairs in multicast groups. */
import { Given, Then, When } from '@cucumber/cucumber';
import { attach, change, datagramPairs, detach, group, type Group } from '../client/groups.ts';
import { limitOf } from '../client/limits.ts';
import { typesOffered } from '../client/offered.ts';
import { Refused, make, on } from '../client/things.ts';
import type { RdmaWorld, Trial } from '../support/world.ts';

const HERE = group(1);

/** GIDs outside of multicast that differ from one inside as little as can be. */
const UNICAST: readonly bigint[] = [0xfe12401bffff0000n, 0x7f12401bffff0000n, 0x00ff401bffff0000n, 0n];

Given('it is attached to a multicast group', async function (this: RdmaWorld) {
  await attach(this.thing('queue pair'), HERE);
});

When('the queue pair is attached to multicast groups', async function (this: RdmaWorld) {
  const qp = this.thing('queue pair');
  const trials: Trial[] = [];
  for (const number of [1, 2])
    trials.push({ name: `group ${String(number)}`, result: await change(qp, 'attach_mcast', group(number)) });
  this.trials = trials;
});

Then('attaching it again changes nothing', async function (this: RdmaWorld) {
  const qp = this.thing('queue pair');
  const again = await change(qp, 'attach_mcast', HERE);
  this.check('attached twice', again.errno === 0, '0', again.answer, again);
  await detach(qp, HERE);
  const result = await qp.context.call(on(qp, 'destroy'));
  this.check('one detach ends it', result.errno === 0, '0', result.answer, result);
});

When('queue pairs of other types than UD are attached', async function (this: RdmaWorld) {
  const trials: Trial[] = [];
  for (const type of typesOffered(this.client.session).filter((name) => name !== 'UD')) {
    const qp = await make(this.context(), 'qp', type);
    trials.push({ name: type, result: await change(qp, 'attach_mcast', HERE) });
  }
  this.trials = trials;
});

When('the queue pair is attached to unicast GIDs', async function (this: RdmaWorld) {
  const qp = this.thing('queue pair');
  const trials: Trial[] = [];
  for (const gid of UNICAST) {
    const result = await change(qp, 'attach_mcast', { ...HERE, gid_high: gid });
    trials.push({ name: `0x${gid.toString(16)}`, result });
  }
  this.trials = trials;
});

When('the queue pair is detached from the group', async function (this: RdmaWorld) {
  this.result = await change(this.thing('queue pair'), 'detach_mcast', HERE);
});

When('the queue pair is detached from groups it is not attached to', async function (this: RdmaWorld) {
  const qp = this.thing('queue pair');
  const left = group(3);
  await attach(qp, left);
  await detach(qp, left);
  const others: Readonly<Record<string, Group>> = {
    'another GID': { ...HERE, gid_low: 2n },
    'another LID': { ...HERE, mlid: HERE.mlid + 1 },
    'a group it has left': left,
  };
  const trials: Trial[] = [];
  for (const [name, which] of Object.entries(others))
    trials.push({ name, result: await change(qp, 'detach_mcast', which) });
  this.trials = trials;
});

Then('the queue pair is still attached, and can be destroyed once it is not', async function (this: RdmaWorld) {
  const qp = this.thing('queue pair');
  const detached = await change(qp, 'detach_mcast', HERE);
  this.check('detached', detached.errno === 0, '0', detached.answer, detached);
  const gone = await qp.context.call(on(qp, 'destroy'));
  this.check('destroyed', gone.errno === 0, '0', gone.answer, gone);
});

When('one queue pair too many is attached to a group', async function (this: RdmaWorld) {
  this.trials = [await filled(this, 'the device')];
});

/** A group with all the members it can have, and how the next one is answered; room for it is seen once a member has left. */
async function filled(world: RdmaWorld, file: string): Promise<Trial> {
  const context = world.context(file);
  const limit = await limitOf(context, 'max_mcast_qp_attach');
  const pairs = await datagramPairs(context, limit + 1);
  const [first, last] = [pairs[0], pairs.at(-1)];
  if (first === undefined || last === undefined) throw new RangeError('the device attaches no queue pair');
  for (const qp of pairs.slice(0, -1)) await attach(qp, HERE);
  const result = await change(last, 'attach_mcast', HERE);
  await detach(first, HERE);
  const again = await change(last, 'attach_mcast', HERE);
  const expected = 'room once a member has left';
  return { name: `member ${String(limit + 1)}`, result, expected, got: again.errno === 0 ? expected : again.answer };
}

When('members are attached to one group too many', async function (this: RdmaWorld) {
  const qp = this.thing('queue pair');
  const limit = await limitOf(qp.context, 'max_mcast_grp');
  for (let number = 1; number <= limit; number += 1) await attach(qp, group(number));
  this.trials = [{ name: `group ${String(limit + 1)}`, result: await change(qp, 'attach_mcast', group(limit + 1)) }];
});

Then('a queue pair of the second file can be attached to as many other groups', async function (this: RdmaWorld) {
  const context = this.context('the second file');
  const limit = await limitOf(context, 'max_mcast_grp');
  const [qp] = await datagramPairs(context, 1);
  if (qp === undefined) throw new RangeError('no queue pair');
  for (let number = 1; number <= limit; number += 1) {
    // Numbers the first file has not used: its groups must be gone, not only have room.
    const result = await change(qp, 'attach_mcast', group(100 + number));
    this.check(`group ${String(number)} after the close`, result.errno === 0, '0', result.answer, result);
  }
});

Then('a detach frees its place in a full group', async function (this: RdmaWorld) {
  const trial = await filled(this, 'the device');
  if (trial.result.errno === 0) throw new Refused('mcast-limit', trial.result, 'a refusal');
  this.check(trial.name, trial.got === trial.expected, trial.expected ?? '', trial.got ?? '', trial.result);
});
