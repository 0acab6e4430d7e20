/** Files that are closed while a call or a read is under way on them. */
import { Then, When } from '@cucumber/cucumber';
import { errnoName } from '../../spec/errno.ts';
import { patience, timeToHappen } from '../client/flight.ts';
import { stoppable } from '../client/offered.ts';
import { landed, release, standStill } from '../client/races.ts';
import { specimenCall, specimensOf } from '../client/specimens.ts';
import { ask, make } from '../client/things.ts';
import { inFreshFile } from '../client/touches.ts';
import { objectOf } from '../support/parameter_types.ts';
import type { RdmaWorld, Trial } from '../support/world.ts';

/** Bytes of room for a record, enough for every ABI. */
const RECORD_ROOM = 64;

When('the file is closed while each method runs', async function (this: RdmaWorld) {
  const specimens = await inFreshFile(this.client, (context) => Promise.resolve(specimensOf(context)));
  const trials: Trial[] = [];
  for (const specimen of specimens) {
    if (!stoppable(this.client.session, specimen)) continue;
    const context = await this.client.open();
    const running = await standStill(context, await specimenCall(context, specimen));
    await context.close();
    await release(context.client);
    trials.push({ name: specimen.name, result: await landed(context, running) });
  }
  this.trials = trials;
});

/** A read that waits, its descriptor closed under it, and an event of the port afterwards. */
Then('a read of a(n) {object} outlives the close of its descriptor', async function (this: RdmaWorld, name: string) {
  const { client } = this;
  const channel = await make(this.context(), objectOf(name));
  const { file } = channel;
  if (file === undefined) throw new Error(`${name} has no descriptor`);
  if (this.spec.objects[channel.object]?.methods['associate'] !== undefined)
    await ask(channel, 'associate', { object: 'PORT', number: 1 });
  const read = file.read(RECORD_ROOM);
  const waits = (answer: unknown): string => (answer === undefined ? 'waits' : 'returns');
  this.check(
    `${name} before`,
    (await read.within(patience(client.session))) === undefined,
    'waits',
    waits(read.landed),
  );
  await file.close();
  this.check(
    `${name} closed`,
    (await read.within(patience(client.session))) === undefined,
    'waits',
    waits(read.landed),
  );
  await client.control({ action: 'raise_event', device: client.device, event: 'LID_CHANGE', about: { port: 1 } });
  const answer = await read.within(timeToHappen(client.session));
  const got = answer === undefined ? 'nothing' : answer.ok ? 'a record' : errnoName(answer.errno);
  this.check(`${name} after an event`, answer?.ok === true, 'a record', got);
});
