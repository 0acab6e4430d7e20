/** What became of work requests: what is reported, and what lies in the receive buffers. */
import { Then } from '@cucumber/cucumber';
import { bytesAt, content, isUntouched } from '../client/buffers.ts';
import { hex } from '../client/recorder.ts';
import type { Thing } from '../client/things.ts';
import { MESSAGE, RECEIVES_AT, SLOT, rest, take, type Completion } from '../client/work.ts';
import { AREA, memoryOf, wordsOf } from '../support/sides.ts';
import type { RdmaWorld } from '../support/world.ts';

Then(
  'the {target} reports {int} {queue} with {word}',
  async function (this: RdmaWorld, target: string, count: number, queue: 'send' | 'receive', status: string) {
    const cq = this.thing(target).parts[queue === 'send' ? 'send_cq' : 'recv_cq'] as Thing;
    const { result, completions } = count === 0 ? await rest(cq) : await take(cq, count);
    const expected = Array.from({ length: count }, (_, index) => `${String(index + 1)} ${status}`).join(', ');
    const got = wordsOf(inOrder(this.thing(target).variant, queue, completions));
    this.check(`${queue}s of the ${target}`, got === (expected || 'nothing'), expected || 'nothing', got, result);
    if (count === 0) return;
    const { completions: more } = await rest(cq);
    this.check(`nothing more of the ${target}`, more.length === 0, 'nothing', wordsOf(more), result);
  },
);

Then(
  'the {target} reports {queue} with {events}',
  async function (this: RdmaWorld, target: string, queue: 'send' | 'receive', statuses: string) {
    const thing = this.thing(target);
    const cq = thing.parts[queue === 'send' ? 'send_cq' : 'recv_cq'] as Thing;
    const { result, completions } = await take(cq, statuses.split(', ').length);
    const found = completions.map(({ status }) => status);
    const got = (thing.variant === 'DRIVER' ? found.toSorted() : found).join(', ') || 'nothing';
    this.check(`${queue}s of the ${target}`, got === statuses, statuses, got, result);
  },
);

Then('the {target} reports 1 send in error', async function (this: RdmaWorld, target: string) {
  const { result, completions } = await take(this.thing(target).parts['send_cq'] as Thing, 1);
  const got = wordsOf(completions);
  const passed = completions.length === 1 && completions[0]?.status !== 'SUCCESS';
  this.check(`send of the ${target}`, passed, '1 in error', got, result);
});

/** Where order does not count, completions are looked at in the order of their numbers. */
function inOrder(type: string | undefined, queue: string, completions: readonly Completion[]): Completion[] {
  const loose = type === 'DRIVER';
  return loose && queue !== '' ? completions.toSorted((a, b) => a.number - b.number) : [...completions];
}

Then('the {int} message(s) is/are in the receive buffers, in order', async function (this: RdmaWorld, count: number) {
  await arrived(this, count, (found) => found);
});

Then('the {int} messages are in the receive buffers, in any order', async function (this: RdmaWorld, count: number) {
  await arrived(this, count, (found) => found.toSorted());
});

/** What stands where payloads belong, message by message. */
async function arrived(
  world: RdmaWorld,
  count: number,
  order: (found: readonly string[]) => readonly string[],
): Promise<void> {
  const area = world.thing('queue pair').variant === 'UD' ? AREA : 0;
  const mr = memoryOf(world, 'other queue pair');
  const found: string[] = [];
  const sent: string[] = [];
  for (let number = 1; number <= count; number += 1) {
    found.push(hex(await bytesAt(mr, RECEIVES_AT + (number - 1) * SLOT + area, MESSAGE)));
    sent.push(hex(content(number, MESSAGE)));
  }
  const [expected, got] = [order(sent), order(found)];
  for (const [index, bytes] of expected.entries())
    world.check(`message ${String(index + 1)}`, got[index] === bytes, bytes, got[index] ?? 'nothing');
}

Then(
  'the first {int} bytes of the message are in the receive buffer',
  async function (this: RdmaWorld, length: number) {
    const area = this.thing('queue pair').variant === 'UD' ? AREA : 0;
    const got = hex(await bytesAt(memoryOf(this, 'other queue pair'), RECEIVES_AT + area, length));
    const expected = hex(content(1, length));
    this.check('payload', got === expected, expected, got);
  },
);

Then('the receive buffers are untouched', async function (this: RdmaWorld) {
  const bytes = await bytesAt(memoryOf(this, 'other queue pair'), RECEIVES_AT, SLOT);
  this.check('first buffer', isUntouched(bytes), 'as it was', isUntouched(bytes) ? 'as it was' : hex(bytes));
});

Then('every completion is as it must be', function (this: RdmaWorld) {
  for (const { name, result, expected = '', got = '' } of this.trials)
    this.check(name, expected === got, expected, got, result);
});
