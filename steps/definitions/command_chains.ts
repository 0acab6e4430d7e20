/** Chains of commands: carried out one after the other, stopped at the first that is refused, refused as a whole. */
import { Then, When } from '@cucumber/cucumber';
import type { Call, Encoded } from '../../spec/abi/abi.ts';
import { chainCases } from '../client/chain_cases.ts';
import type { Context } from '../client/client.ts';
import { chained, fateOf, messageOf, type Chained } from '../client/command_chains.ts';
import { queuePairIn, stateOf, transitionCall } from '../client/queue_pairs.ts';
import { hex, sameBytes } from '../client/recorder.ts';
import { make, on } from '../client/things.ts';
import { judge } from '../support/judge.ts';
import type { RdmaWorld } from '../support/world.ts';

const NO_HANDLE = 0x00fffff0;
/** Numbers of methods: destroy, and one that nobody has. */
const [DESTROY, METHOD_KEPT] = [3, 129];
/** Marks in a command: the element was carried out; the errno of the one that was not. */
const DONE = 0x100;
const ERRNO_UNIT = 0x10000;
/** The element at which a bad chain goes wrong, where there are elements on both sides of it. */
const WRONG_AT = 1;
const FEW = 3;

/** Calls that change nothing and answer something. */
const queries: readonly Call[] = [
  { object: 'device', method: 'query', attributes: {}, room: { port_count: 0, max_pd: 0 } },
  { object: 'port', method: 'query', on: 1, attributes: {}, room: { transport: 0 } },
  { object: 'device', method: 'query', attributes: {}, room: { max_cq: 0 } },
];

Then('a chain of {int} queries is carried out, each as by itself', async function (this: RdmaWorld, count: number) {
  const context = this.context();
  const calls = Array.from({ length: count }, (_, index) => queries[index % queries.length] as Call);
  const alone = await Promise.all(queries.map((call) => context.send(messageOf(context, call))));
  const { result, elements } = await chained(
    context,
    calls.map((call) => messageOf(context, call)),
  );
  this.check('the chain', result.answer === '0', '0', result.answer, result);
  this.check('elements', elements.length === count, String(count), String(elements.length), result);
  elements.forEach((element, index) => {
    const expected = hex(alone[index % queries.length]?.after ?? new Uint8Array());
    const got = hex(element.message);
    this.check(
      `element ${String(index)}`,
      element.done && got === expected,
      `done, ${expected}`,
      `${fateOf(element)}, ${got}`,
      result,
    );
  });
});

Then('a chain that reads completion queues before it destroys them is carried out', async function (this: RdmaWorld) {
  const context = this.context();
  const queues = await Promise.all(Array.from({ length: FEW }, () => make(context, 'cq')));
  const messages = queues.flatMap((cq) => [on(cq, 'query', {}, { cqe: 0 }), on(cq, 'destroy')]);
  const { result, elements } = await chained(
    context,
    messages.map((call) => messageOf(context, call)),
  );
  this.check('the chain', result.answer === '0', '0', result.answer, result);
  elements.forEach((element, index) => {
    this.check(`element ${String(index)}`, element.done, 'done', fateOf(element), result);
  });
});

Then(
  'a chain of the modifies from RESET to RTS brings a {type} queue pair there',
  async function (this: RdmaWorld, type: string) {
    const qp = await queuePairIn(this.context(), type, 'RESET');
    const pairs = [
      ['RESET', 'INIT'],
      ['INIT', 'RTR'],
      ['RTR', 'RTS'],
    ] as const;
    const messages = pairs.map(([from, to]) => messageOf(qp.context, transitionCall(qp, from, to)));
    const { result } = await chained(qp.context, messages);
    const got = await stateOf(qp);
    this.check('state', result.answer === '0' && got === 'RTS', '0, RTS', `${result.answer}, ${got}`, result);
  },
);

/** A chain of creates of protection domains with one element that is refused. */
function withRefused(context: Context, at: number, count: number, refused = unknownHandle(context)): Promise<Chained> {
  const create = (): Encoded => messageOf(context, { object: 'pd', method: 'create', attributes: {} });
  return chained(
    context,
    Array.from({ length: count }, (_, index) => (index === at ? refused : create())),
  );
}

function unknownHandle(context: Context): Encoded {
  return messageOf(context, { object: 'pd', method: 'destroy', on: NO_HANDLE, attributes: {} });
}

Then(
  'a chain of {int} elements that is refused at element {int} has done what is before it and nothing behind it',
  async function (this: RdmaWorld, count: number, at: number) {
    const context = this.context();
    const { result, sent, elements } = await withRefused(context, at, count);
    for (const [index, element] of elements.entries()) {
      const name = `element ${String(index)}`;
      const { handle, unchanged } = looked(element.message, sent[index]?.message);
      if (index < at) {
        const { answer } = await context.call({ object: 'pd', method: 'destroy', on: handle, attributes: {} });
        this.check(`${name} in force`, answer === '0', '0', answer, result);
      } else
        this.check(`${name} unchanged`, unchanged, 'unchanged', unchanged ? 'unchanged' : hex(element.message), result);
    }
  },
);

/** The handle in a message, and whether the message is as it was. */
function looked(message: Uint8Array, before: Uint8Array = new Uint8Array()): { handle: number; unchanged: boolean } {
  const view = new DataView(message.buffer, message.byteOffset, message.byteLength);
  return { handle: view.getUint32(4, true), unchanged: sameBytes(message, before) };
}

Then('a chain answers what its refused element answers by itself', async function (this: RdmaWorld) {
  const context = this.context();
  for (const [name, message] of refusals(context)) {
    const alone = await context.send(copyOf(message));
    const { result } = await withRefused(context, WRONG_AT, FEW, message);
    this.check(name, result.answer === alone.answer, alone.answer, result.answer, result);
  }
});

/** Messages that are refused with different errnos. */
function refusals(context: Context): readonly (readonly [string, Encoded])[] {
  const none = unknownHandle(context);
  const bytes = (change: (bytes: Uint8Array) => void): Encoded => {
    const copy = copyOf(none);
    for (const region of copy.regions) change(region.bytes);
    return copy;
  };
  return [
    ['a handle that names nothing', none],
    [
      'a class that nobody has',
      bytes((message) => {
        message.set([0xff, 0x7f], 2);
      }),
    ],
    [
      'a length below the minimum',
      bytes((message) => {
        message.set([0, 0], 0);
      }),
    ],
    ['a method kept for later', { ...none, request: none.request - DESTROY + METHOD_KEPT }],
  ];
}

/** A call is answered in its message: who sends it twice sends a copy. */
function copyOf({ request, regions, patches }: Encoded): Encoded {
  return { request, patches, regions: regions.map(({ bytes }) => ({ bytes: Uint8Array.from(bytes), guard: true })) };
}

Then(
  'every element of a chain of {int} that is refused at element {int} tells what became of it',
  async function (this: RdmaWorld, count: number, at: number) {
    const context = this.context();
    const { errno } = await context.send(unknownHandle(context));
    const { result, sent, elements } = await withRefused(context, at, count);
    this.check('elements', elements.length === count, String(count), String(elements.length), result);
    for (const [index, element] of elements.entries()) {
      const told = index < at ? DONE : index === at ? errno * ERRNO_UNIT : 0;
      const expected = `0x${((sent[index]?.command ?? 0) + told).toString(16)}`;
      const got = `0x${element.command.toString(16)}`;
      this.check(`element ${String(index)}`, got === expected, expected, got, result);
    }
  },
);

When('chains with {string} are handed over', async function (this: RdmaWorld, words: string) {
  const context = this.context();
  const trials = [];
  for (const { name, count = FEW, lies, change } of chainCases(context, words)) {
    const pd = await make(context, 'pd');
    const first = messageOf(context, on(pd, 'destroy'));
    // The message in question is a longer one, so that a link can lead into it.
    const wrong = messageOf(context, queries[0] as Call);
    const others = Array.from({ length: count - FEW + 1 }, () => unknownHandle(context));
    const messages = [first, wrong, ...others];
    const { result } = await chained(context, messages, (at) => (at === WRONG_AT ? { ...lies } : {}), change);
    const destroyed = await context.call(on(pd, 'destroy'));
    const unchanged = sameBytes(result.before, result.after) && destroyed.answer === '0';
    const got = unchanged ? 'nothing done' : 'not as it was';
    trials.push({ name, result, expected: 'nothing done', got });
  }
  this.trials = trials;
});

Then('every chain is refused, and nothing of it is carried out', function (this: RdmaWorld) {
  for (const trial of this.trials) judge(this, trial, this.errnosOf(this.clause.id));
});
