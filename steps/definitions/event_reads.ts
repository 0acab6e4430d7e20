/** Reads and polls of event channels: how much, in which order, waiting or not. */
import { Given, Then, When } from '@cucumber/cucumber';
import { POLL } from '../../backends/backend.ts';
import {
  beginPolling,
  beginReading,
  fileOf,
  heardBy,
  polled,
  readNow,
  recordBytes,
  setNonblocking,
} from '../client/events.ts';
import { patience, timeToHappen } from '../client/flight.ts';
import type { RdmaWorld } from '../support/world.ts';

When('{int} records of the {channel} are read', async function (this: RdmaWorld, count: number, name: string) {
  for (let i = 0; i < count; i += 1) await readNow(this.thing(name));
});

Given('{int} reader(s) of the {channel}', function (this: RdmaWorld, count: number, channel: string) {
  beginReading(this.thing(channel), count);
});

Then('the readers of the {channel} get {events}', async function (this: RdmaWorld, channel: string, events: string) {
  const { session } = this.client;
  const waits = events.includes('nothing');
  const heard = await heardBy(this.thing(channel), waits ? patience(session) : timeToHappen(session));
  // Which of several readers is served is nobody's business.
  const got = heard.toSorted((a, b) => a.localeCompare(b)).join(', ');
  const expected = events
    .split(', ')
    .toSorted((a, b) => a.localeCompare(b))
    .join(', ');
  this.check(`readers of the ${channel}`, got === expected, expected, got);
});

Then('the readers of the {channel} are refused', async function (this: RdmaWorld, channel: string) {
  const errnos = this.errnosOf(this.clause.id);
  const heard = await heardBy(this.thing(channel), timeToHappen(this.client.session));
  heard.forEach((got, index) => {
    this.check(`reader ${String(index + 1)}`, errnos.includes(got), errnos.join(' or '), got);
  });
});

Then('a read of the {channel} that does not wait is refused', async function (this: RdmaWorld, name: string) {
  const channel = this.thing(name);
  await setNonblocking(fileOf(channel), true);
  const got = await readNow(channel);
  await setNonblocking(fileOf(channel), false);
  const errnos = this.errnosOf(this.clause.id);
  this.check(`read of the ${name}`, errnos.includes(shown(got)), errnos.join(' or '), shown(got));
});

Then('reads of the {channel} with too little room are refused', async function (this: RdmaWorld, name: string) {
  const channel = this.thing(name);
  const errnos = this.errnosOf(this.clause.id);
  for (const length of [1, recordBytes(channel) / 2, recordBytes(channel) - 1]) {
    const got = await readNow(channel, length);
    this.check(`read of ${String(length)} bytes`, errnos.includes(shown(got)), errnos.join(' or '), shown(got));
  }
});

Then(
  '{int} reads of the {channel} hand out one record each, whatever the room',
  async function (this: RdmaWorld, count: number, name: string) {
    const channel = this.thing(name);
    const size = recordBytes(channel);
    for (let i = 0; i < count; i += 1) {
      const room = size * (count + 1) + i;
      const got = await readNow(channel, room);
      this.check(
        `read of ${String(room)} bytes`,
        shown(got) === `${String(size)} bytes`,
        `${String(size)} bytes`,
        shown(got),
      );
    }
  },
);

function shown(got: Uint8Array | string | undefined): string {
  if (got === undefined) return 'it waits';
  return typeof got === 'string' ? got : `${String(got.length)} bytes`;
}

/** What poll says, in words. */
function ready(bits: number | undefined): string {
  if (bits === undefined || bits === 0) return 'nothing';
  const names = Object.entries(POLL).filter(([, bit]) => (bits & bit) !== 0);
  return names.map(([name]) => name).join(' and ');
}

Then('a poll of the {channel} reports {word}', async function (this: RdmaWorld, name: string, expected: string) {
  const { session } = this.client;
  const got = ready(await fileOf(this.thing(name)).poll(POLL.IN).within(timeToHappen(session)));
  this.check(`poll of the ${name}`, got === expected, expected, got);
});

Given('a poll that waits for the {channel}', function (this: RdmaWorld, name: string) {
  beginPolling(this.thing(name), POLL.IN);
});

Then(
  'the waiting poll of the {channel} reports {word}',
  async function (this: RdmaWorld, name: string, expected: string) {
    const { session } = this.client;
    const got = await polled(this.thing(name), expected === 'nothing' ? patience(session) : timeToHappen(session));
    // A poll that returned without anything is not one that waits.
    const said = got === 0 ? 'an end without a reason' : ready(got);
    this.check(`poll of the ${name}`, said === expected, expected, said);
  },
);
