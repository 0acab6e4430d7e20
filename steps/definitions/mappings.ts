/** Memory of the device in a process and its child, before and after the device goes. */
import { Given, Then, When } from '@cucumber/cucumber';
import { BackendError, type Answer } from '../../backends/backend.ts';
import { errnoName } from '../../spec/errno.ts';
import type { Context } from '../client/client.ts';
import { hex } from '../client/recorder.ts';
import { stageOf } from '../support/stage.ts';
import type { RdmaWorld } from '../support/world.ts';

const PAGE = 4096;
/** Accesses of a CPU, and a whole page. */
const WIDTHS = [1, 2, 4, 8, PAGE] as const;
const MARK = 0x5a;

Given('a mapping of the device', async function (this: RdmaWorld) {
  const context = this.context();
  const mapped = await context.process.map(context.fd, PAGE);
  if (!mapped.ok) throw new BackendError('resource', `the device cannot be mapped: ${errnoName(mapped.errno)}`);
  Object.assign(stageOf(this), { address: mapped.value, mapped: [context] });
  // What is there before must not be mistaken for what is there afterwards.
  await context.process.store(mapped.value, marks(PAGE));
});

Given('a child that has the mapping', async function (this: RdmaWorld) {
  stageOf(this).mapped = [await this.client.fork(this.context())];
});

When('the mapping is stored to', async function (this: RdmaWorld) {
  const { mapped, address } = stageOf(this);
  for (const { process } of mapped) await process.store(address, marks(PAGE));
});

Then('loads from the mapping give zeros', async function (this: RdmaWorld) {
  await everyWidth(this, async ({ process }, address, width) => {
    const answer = await process.load(address, width);
    const zero = answer.ok && answer.value.every((byte) => byte === 0);
    const got = answer.ok ? hex(answer.value.subarray(0, 8)) : errnoName(answer.errno);
    this.check(`load of ${String(width)} bytes`, zero, 'zeros', zero ? 'zeros' : got);
  });
});

Then('stores to the mapping end without a fault', async function (this: RdmaWorld) {
  await everyWidth(this, async ({ process }, address, width) => {
    const answer = await process.store(address, marks(width));
    this.check(`store of ${String(width)} bytes`, answer.ok, '0', answer.ok ? '0' : errnoName(answer.errno));
  });
});

Then('the device cannot be mapped', async function (this: RdmaWorld) {
  const errnos = this.errnosOf(this.clause.id);
  const { process, fd } = this.context();
  const answer: Answer<bigint> = await process.map(fd, PAGE);
  const got = answer.ok ? 'an address' : errnoName(answer.errno);
  this.check('map', errnos.includes(got), errnos.join(' or '), got);
});

async function everyWidth(
  world: RdmaWorld,
  access: (context: Context, address: bigint, width: number) => Promise<void>,
): Promise<void> {
  const { mapped, address } = stageOf(world);
  for (const context of mapped) for (const width of WIDTHS) await access(context, address, width);
}

function marks(length: number): Uint8Array {
  return new Uint8Array(length).fill(MARK);
}
