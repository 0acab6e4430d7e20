/** What a queue pair keeps of the modifies it accepted. */
import { Then } from '@cucumber/cucumber';
import type { StructValue, Value } from '../../spec/abi/abi.ts';
import { difference } from '../client/difference.ts';
import { bringTo, queuePairIn, readAll, transitionCall } from '../client/queue_pairs.ts';
import { make, on, transportOf } from '../client/things.ts';
import { words } from '../client/words.ts';
import type { RdmaWorld } from '../support/world.ts';

Then(
  'a {type} queue pair on its way to RTS reports each value it was given and keeps the others',
  async function (this: RdmaWorld, type: string) {
    const context = this.context();
    const qp = await make(context, 'qp', type);
    const transport = await transportOf(context);
    let from = 'RESET';
    let before = (await readAll(qp)).values;
    for (const to of ['INIT', 'RTR', 'RTS']) {
      const call = transitionCall(qp, from, to, transport);
      const modified = await context.call(call);
      const { result, values } = await readAll(qp);
      const expected: Record<string, Value> = { ...before, ...call.attributes };
      delete expected['cur_state'];
      for (const name of ['path_ib', 'path_roce'])
        if (name in call.attributes)
          expected[name] = { ...(before[name] as StructValue), ...(call.attributes[name] as StructValue) };
      const got = difference(expected, values);
      this.check(
        `${from}->${to}`,
        got === '',
        'the values given, the others kept',
        got === '' ? 'the values given, the others kept' : got,
        modified.errno === 0 ? result : modified,
      );
      before = values;
      from = to;
    }
  },
);

Then(
  'a {type} queue pair given wide packet sequence numbers reports their low 24 bits',
  async function (this: RdmaWorld, type: string) {
    const context = this.context();
    const qp = await queuePairIn(context, type, 'INIT');
    const transport = await transportOf(context);
    const wide = 0xab123456;
    const narrow = 0x123456;
    for (const [from, to, name] of [
      ['INIT', 'RTR', 'rq_psn'],
      ['RTR', 'RTS', 'sq_psn'],
    ] as const) {
      const call = transitionCall(qp, from, to, transport);
      const modified = await context.call({ ...call, attributes: { ...call.attributes, [name]: wide } });
      this.check(`${name} taken`, modified.errno === 0, '0', modified.answer, modified);
      const { result, values } = await readAll(qp);
      this.check(name, values[name] === narrow, String(narrow), words(values[name]), result);
    }
  },
);

Then(
  'a {type} queue pair moved from {state} to RESET reports what a new one reports',
  async function (this: RdmaWorld, type: string, state: string) {
    const context = this.context();
    const qp = await make(context, 'qp', type);
    const fresh = (await readAll(qp)).values;
    await bringTo(qp, state);
    const modified = await context.call(on(qp, 'modify', { state: 'RESET' }));
    this.check(`${state}->RESET`, modified.errno === 0, '0', modified.answer, modified);
    const { result, values } = await readAll(qp);
    const got = difference(fresh, values);
    this.check(`after ${state}->RESET`, got === '', 'as new', got === '' ? 'as new' : got, result);
  },
);
