/** Consumers inside the kernel: address handles where nothing may sleep, and objects that no process finds. */
import { Then } from '@cucumber/cucumber';
import { ATOMIC, KernelHandles, MAY_SLEEP, kernelCall, type KernelAnswer } from '../client/kernel.ts';
import { destroyOf } from '../client/touches.ts';
import type { RdmaWorld } from '../support/world.ts';

/** Microseconds within which a driver that may not sleep has to return (note 0090). */
const BOUND = 10_000_000;

Then('a consumer that may sleep gets an address handle and is rid of it again', async function (this: RdmaWorld) {
  const handles = await KernelHandles.prepare(this.context());
  const made = await handles.create(MAY_SLEEP);
  this.check('create', made.answer === '0', '0', made.answer);
  const gone = await handles.destroy(MAY_SLEEP, made.handle);
  this.check('destroy', gone.answer === '0', '0', gone.answer);
  const freed = await handles.end();
  this.check('protection domain', freed === '0', 'free', freed);
});

Then('a consumer that may not sleep gets an address handle or nothing', async function (this: RdmaWorld) {
  const handles = await KernelHandles.prepare(this.context());
  const answers = ['0', ...this.errnosOf(this.clause.id)];
  const expected = answers.join(' or ');
  const made = await handles.create(ATOMIC);
  this.check('create', answers.includes(made.answer), expected, made.answer);
  const one = made.answer === '0' ? made : await handles.created();
  const gone = await handles.destroy(ATOMIC, one.handle);
  this.check('destroy', answers.includes(gone.answer), expected, gone.answer);
  if (gone.answer !== '0') {
    const again = await handles.destroy(MAY_SLEEP, one.handle);
    this.check('destroy that may sleep', again.answer === '0', '0', again.answer);
  }
  const freed = await handles.end();
  this.check('protection domain', freed === '0', 'free', freed);
});

Then('the driver never sleeps where its consumer may not', async function (this: RdmaWorld) {
  const handles = await KernelHandles.prepare(this.context());
  const awake = (name: string, { violations }: KernelAnswer): void => {
    this.check(name, violations === 0, 'awake', violations === 0 ? 'awake' : `slept ${String(violations)} times`);
  };
  awake('create', await handles.create(ATOMIC));
  awake('destroy', await handles.destroy(ATOMIC, (await handles.created()).handle));
  if (!canBeSilent(this)) return;
  const { handle } = await handles.created();
  await silence(this, 'create');
  awake('create that the device does not answer', await handles.create(ATOMIC));
  await silence(this, 'destroy');
  awake('destroy that the device does not answer', await handles.destroy(ATOMIC, handle));
});

Then('a driver that may not sleep returns in bounded time', async function (this: RdmaWorld) {
  const handles = await KernelHandles.prepare(this.context());
  const bounded = (name: string, { microseconds }: KernelAnswer): void => {
    this.check(name, microseconds <= BOUND, `at most ${String(BOUND)} µs`, `${String(microseconds)} µs`);
  };
  bounded('create', await handles.create(ATOMIC));
  const { handle } = await handles.created();
  if (!canBeSilent(this)) {
    bounded('destroy', await handles.destroy(ATOMIC, handle));
    return;
  }
  await silence(this, 'create');
  bounded('create that the device does not answer', await handles.create(ATOMIC));
  await silence(this, 'destroy');
  bounded('destroy that the device does not answer', await handles.destroy(ATOMIC, handle));
});

Then('a create that the device does not answer leaves nothing behind', async function (this: RdmaWorld) {
  const handles = await KernelHandles.prepare(this.context());
  await silence(this, 'create');
  const made = await handles.create(ATOMIC);
  const allowed = answersTo(this, made);
  this.check('create', allowed.includes(made.answer), allowed.join(' or '), made.answer);
  await this.client.control({ action: 'release', device: this.client.device });
  if (made.answer === '0') await handles.destroy(MAY_SLEEP, made.handle);
  const freed = await handles.end();
  this.check('protection domain', freed === '0', 'free', freed);
});

Then('a destroy that the device does not answer is done or can be done again', async function (this: RdmaWorld) {
  const handles = await KernelHandles.prepare(this.context());
  const { handle } = await handles.created();
  await silence(this, 'destroy');
  const gone = await handles.destroy(ATOMIC, handle);
  const allowed = answersTo(this, gone);
  this.check('destroy', allowed.includes(gone.answer), allowed.join(' or '), gone.answer);
  await this.client.control({ action: 'release', device: this.client.device });
  const again = await handles.destroy(MAY_SLEEP, handle);
  const expected = gone.answer === '0' ? 'ENOENT' : '0';
  this.check('destroy again', again.answer === expected, expected, again.answer);
  const freed = await handles.end();
  this.check('protection domain', freed === '0', 'free', freed);
});

/** What a driver may say: the clause's errno once a command went unanswered; where it sent none, it is done or refuses to try. */
function answersTo(world: RdmaWorld, { unanswered }: KernelAnswer): readonly string[] {
  return unanswered > 0 ? world.errnosOf(world.clause.id) : ['0', 'EOPNOTSUPP'];
}

/** Without it, what a driver does while its device is silent remains untried; what it does otherwise counts all the same. */
function canBeSilent({ client }: RdmaWorld): boolean {
  return client.session.capabilities.has('stall-hardware');
}

/** Commands of a method on address handles remain unanswered. */
async function silence({ client }: RdmaWorld, method: string): Promise<void> {
  await client.told({ action: 'stall', device: client.device, object: 'ah', method, point: 'hardware' });
}

Then('no process finds an object of the kernel', async function (this: RdmaWorld) {
  const kernels = await kernelCall(this.client, MAY_SLEEP, { object: 'pd', method: 'create' });
  const reached = await this.context().call(destroyOf({ object: 'pd', variant: undefined, handle: kernels.handle }));
  this.check('object of the kernel', reached.answer === 'ENOENT', 'ENOENT', reached.answer, reached);
  const left = await kernelCall(this.client, MAY_SLEEP, { object: 'pd', method: 'destroy', on: kernels.handle });
  this.check('object of the kernel afterwards', left.answer === '0', 'still there', left.answer);
});
