/** DEVICE.INFO_HANDLES: what is in a file, and what is refused about it. */
import { Then, When } from '@cucumber/cucumber';
import { handleRoom, handlesIn, info, listedHandles } from '../client/handle_lists.ts';
import { ask, nativeOf } from '../client/native.ts';
import { kindsOffered, type Kind } from '../client/kinds.ts';
import { meansFor } from '../client/means.ts';
import { make, on, tableOf, type Thing } from '../client/things.ts';
import { inFreshFile } from '../client/touches.ts';
import type { Context } from '../client/client.ts';
import type { RdmaWorld, Trial } from '../support/world.ts';

const inWords = (handles: readonly number[]): string => handles.toSorted((a, b) => a - b).join(' ') || 'none';

function hasHandles({ spec }: RdmaWorld, object: string): boolean {
  return tableOf(spec, object).instances === 'created';
}

async function several(context: Context, { object, variant }: Kind, count: number): Promise<Thing[]> {
  const means = await meansFor(context, object, variant);
  const things: Thing[] = [];
  for (let i = 0; i < count; i += 1) things.push(await make(context, object, variant, {}, means));
  return things;
}

Then('the list of every kind of object has the handles of those in the file', async function (this: RdmaWorld) {
  const { client } = this;
  // Objects of another file have handles of the same numbers; more of them would show.
  await several(this.context(), { name: 'pd', object: 'pd', variant: undefined }, 6);
  for (const kind of kindsOffered(client.session).filter(({ object }) => hasHandles(this, object))) {
    await inFreshFile(client, async (context) => {
      const [first, second, third] = (await several(context, kind, 3)) as [Thing, Thing, Thing];
      const three = await listedHandles(context, kind.object);
      const made = [first.handle, second.handle, third.handle];
      this.check(`${kind.name}, three`, inWords(three) === inWords(made), inWords(made), inWords(three));
      await context.call(on(second, 'destroy'));
      const left = [first.handle, third.handle];
      const two = await listedHandles(context, kind.object);
      this.check(`${kind.name}, one ended`, inWords(two) === inWords(left), inWords(left), inWords(two));
    });
  }
});

Then('the list of every kind of channel has a 0 for each', async function (this: RdmaWorld) {
  const { client } = this;
  for (const kind of kindsOffered(client.session).filter(({ object }) => !hasHandles(this, object))) {
    await inFreshFile(client, async (context) => {
      const [, second] = (await several(context, kind, 2)) as [Thing, Thing];
      const two = await listedHandles(context, kind.object);
      this.check(`${kind.name}, two`, inWords(two) === '0 0', '0 0', inWords(two));
      await second.file?.close();
      const one = await listedHandles(context, kind.object);
      this.check(`${kind.name}, one closed`, inWords(one) === '0', '0', inWords(one));
    });
  }
});

Then('a list of handles is as long as its room', async function (this: RdmaWorld) {
  const context = this.context();
  const made = (await several(context, { name: 'pd', object: 'pd', variant: undefined }, 4)).map(
    ({ handle }) => handle,
  );
  for (const room of [1, 3, 4, 5]) {
    const asked = await info(context, 'pd', handleRoom(room));
    const { total, handles } = handlesIn(asked);
    const wanted = Math.min(room, made.length);
    const sound = new Set(handles).size === total && handles.every((handle) => made.includes(handle));
    const words = `${String(total)}: ${inWords(handles)}`;
    this.check(
      `room for ${String(room)}`,
      total === wanted && sound,
      `${String(wanted)} of ${inWords(made)}`,
      words,
      asked.result,
    );
  }
});

When('handles are asked for with a list of a wrong length, or none', async function (this: RdmaWorld) {
  const context = this.context();
  const trials: Trial[] = [];
  for (const bytes of [0, 3, 5, 6, 7, 9])
    trials.push({ name: `${String(bytes)} bytes`, result: (await info(context, 'pd', new Uint8Array(bytes))).result });
  const given = { OBJECT_ID: nativeOf(context).objects['pd'] ?? 0, TOTAL_HANDLES: new Uint8Array(4) };
  trials.push({ name: 'no list', result: (await ask(context, 'device', 'info_handles', given)).result });
  this.trials = trials;
});

/** Object types by number that are asked for. */
async function listsOf(context: Context, numbers: readonly bigint[]): Promise<Trial[]> {
  const trials: Trial[] = [];
  for (const number of numbers)
    trials.push({ name: `0x${number.toString(16)}`, result: (await info(context, number, handleRoom())).result });
  return trials;
}

When('handles of unknown types are asked for', async function (this: RdmaWorld) {
  this.trials = await listsOf(this.context(), [0x0ff0n, 0x1ff0n, 0x2001n, 0x8001n, 0xf001n]);
});

When('handles of types beyond sixteen bits are asked for', async function (this: RdmaWorld) {
  this.trials = await listsOf(this.context(), [0x10000n, 0x10001n, 0x100000001n, 1n << 63n]);
});

When('handles are asked for without room for their number', async function (this: RdmaWorld) {
  const context = this.context();
  const given = { OBJECT_ID: nativeOf(context).objects['pd'] ?? 0, HANDLES_LIST: handleRoom() };
  this.result = (await ask(context, 'device', 'info_handles', given)).result;
});

Then('handles are listed in a file without a context, and there are none', async function (this: RdmaWorld) {
  const silent = await this.client.openSilently();
  for (const object of ['pd', 'cq']) {
    const asked = await info(silent, object, handleRoom());
    const { total } = handlesIn(asked);
    const got = asked.result.errno === 0 ? String(total) : asked.result.answer;
    this.check(object, got === '0', '0', got, asked.result);
  }
});
