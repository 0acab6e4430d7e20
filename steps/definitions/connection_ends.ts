/** How connections end: by a reject, by either side, by a destroy, by a close. */
import { Then } from '@cucumber/cucumber';
import { shown } from '../client/cm_addresses.ts';
import { asking, done, led, listener } from '../client/connections.ts';
import { drain } from '../client/events.ts';
import { requested, seen, established, type Sided } from '../client/sided.ts';
import { ask, make, on } from '../client/things.ts';
import type { RdmaWorld } from '../support/world.ts';

function checked(world: RdmaWorld, name: string, expected: string, got: string): void {
  world.check(name, got === expected, expected, got);
}

Then('a reject is told to the one that asked, whose queue pair is as it was', async function (this: RdmaWorld) {
  for (const state of ['RESET', 'INIT']) {
    const { one, other } = await requested(this.context(), this.context(), state);
    await done(other.id, 'reject', { private_data: [0xbad] });
    checked(this, `the one that asked, in ${state}`, `CM_REJECTED, DISCONNECTED, ${state}`, await seen(one));
    checked(this, `data, in ${state}`, String(0xbad), (await shown(one.id)).data.join(' '));
    const free = await one.qp.context.call(on(one.qp, 'destroy'));
    this.check(`its queue pair, in ${state}`, free.answer === '0', 'free', free.answer, free);
  }
});

Then(
  /^a disconnect by (the one|the other) ends the connection on both sides$/,
  async function (this: RdmaWorld, side: string) {
    const { one, other } = await established(this.context());
    const by = side === 'the one' ? one : other;
    await done(by.id, 'disconnect');
    for (const [name, is] of [
      ['the one', one],
      ['the other', other],
    ] as const) {
      checked(this, name, 'CM_DISCONNECTED, DISCONNECTED, ERR', await seen(is));
      const again = await is.qp.context.call(on(is.qp, 'modify', { state: 'RESET' }));
      this.check(`${name} can be modified`, again.answer === '0', '0', again.answer, again);
      const free = await is.qp.context.call(on(is.qp, 'destroy'));
      this.check(`${name} can be destroyed`, free.answer === '0', '0', free.answer, free);
    }
  },
);

Then('the other side hears of the destroy of an id with a connection or a request', async function (this: RdmaWorld) {
  const context = this.context();
  const met = await established(context);
  await ask(met.other.id, 'destroy');
  checked(this, 'one that is connected', 'CM_DISCONNECTED, DISCONNECTED, ERR', await seen(met.one));
  checked(this, 'its own queue pair', 'ERR', (await led(met.other.qp)).state);
  const declined = await requested(context);
  await ask(declined.other.id, 'destroy');
  checked(this, 'one whose request was taken', 'CM_REJECTED, DISCONNECTED, RESET', await seen(declined.one));
  const left = await requested(context);
  await ask(left.one.id, 'destroy');
  checked(this, 'one that took the request', 'CM_REJECTED, DISCONNECTED, RESET', await seen(left.other));
  const to = await listener(context);
  const { id } = await asking(context, to);
  await ask(id, 'destroy');
  const nothing = await to.context.call({ object: 'cm_id', method: 'create', attributes: { source: to.handle } });
  this.check('a request that nobody took', nothing.answer !== '0', 'withdrawn', nothing.answer, nothing);
});

Then('a destroyed listener has the requests rejected that nobody took', async function (this: RdmaWorld) {
  const context = this.context();
  const { one, other, to } = await requested(context);
  const waiting: Sided['one'][] = [];
  for (const name of ['first', 'second']) {
    const channel = await make(context, 'event_channel');
    const asked = await asking(context, to, [], { event_channel: channel.handle });
    await drain(channel);
    waiting.push({ ...asked, channel });
    checked(this, `the ${name} before`, 'nothing, CONNECTING, RESET', await seen({ ...asked, channel }, 0));
  }
  await ask(to, 'destroy');
  for (const [index, asked] of waiting.entries())
    checked(this, `number ${String(index + 1)} after`, 'CM_REJECTED, DISCONNECTED, RESET', await seen(asked));
  await done(other.id, 'accept', { qp: other.qp.handle });
  checked(this, 'the one that was taken', 'CM_ESTABLISHED, ESTABLISHED, RTS', await seen(one));
});

Then('the other side hears of the close of a file with connections', async function (this: RdmaWorld) {
  const [near, far] = [this.context(), this.context('the second file')];
  const { one, to } = await established(near, far);
  const channel = await make(near, 'event_channel');
  const waiting = { ...(await asking(near, to, [], { event_channel: channel.handle })), channel };
  await drain(channel);
  await far.close();
  checked(this, 'one that is connected', 'CM_DISCONNECTED, DISCONNECTED, ERR', await seen(one));
  checked(this, 'one that nobody took', 'CM_REJECTED, DISCONNECTED, RESET', await seen(waiting));
});
