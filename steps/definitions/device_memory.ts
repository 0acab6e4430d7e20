/** Device memory: what there is, handed out and given back. */
import { Then, When } from '@cucumber/cucumber';
import type { Context } from '../client/client.ts';
import { exactLimitOf } from '../client/limits.ts';
import { OVER_MEMORY } from '../client/memory.ts';
import { Refused, createCall, make, on, type Thing } from '../client/things.ts';
import type { RdmaWorld } from '../support/world.ts';

/** Pieces that all the memory is divided into. */
const PIECES = 4n;

/** All the device's memory in pieces. */
async function allMemory(context: Context): Promise<Thing[]> {
  const limit = await exactLimitOf(context, 'max_dm_size');
  const length = limit / PIECES;
  const pieces: Thing[] = [];
  for (let rest = limit; rest > 0n; rest -= length)
    pieces.push(await make(context, 'dm', undefined, { length: rest < length ? rest : length, alignment: 0 }));
  return pieces;
}

async function free(piece: Thing): Promise<void> {
  const gone = await piece.context.call(on(piece, 'destroy'));
  if (gone.errno !== 0) throw new Refused('dm-destroy', gone);
}

When('all device memory is allocated and more is asked for', async function (this: RdmaWorld) {
  const context = this.context();
  const pieces = await allMemory(context);
  const { call } = await createCall(context, 'dm', undefined, { length: 1n, alignment: 0 });
  const result = await context.call(call);
  await free(pieces[0] as Thing);
  const again = await context.call(call);
  const expected = 'room once a piece is freed';
  this.trials = [{ name: 'one byte more', result, expected, got: again.errno === 0 ? expected : again.answer }];
});

Then('all device memory can be allocated again once it is freed', async function (this: RdmaWorld) {
  const context = this.context();
  for (const piece of await allMemory(context)) await free(piece);
  const length = await exactLimitOf(context, 'max_dm_size');
  const { call } = await createCall(context, 'dm', undefined, { length, alignment: 0 });
  const result = await context.call(call);
  this.check('all of it at once', result.errno === 0, '0', result.answer, result);
});

Then('another memory region can cover the device memory', async function (this: RdmaWorld) {
  const dm = this.thing('device memory');
  const { call } = await createCall(this.context(), 'mr', undefined, OVER_MEMORY, { dm });
  const result = await this.context().call(call);
  this.check('another region', result.errno === 0, '0', result.answer, result);
  if (result.reply === undefined) return;
  const gone = await this.context().call({ object: 'mr', method: 'destroy', on: result.reply.handle, attributes: {} });
  if (gone.errno !== 0) throw new Refused('mr-destroy', gone);
});
