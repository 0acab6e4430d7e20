/** Values inside a modify: what is refused although the table would take the attribute, and what is stored. */
import { Then, When } from '@cucumber/cucumber';
import type { StructValue, Value } from '../../spec/abi/abi.ts';
import type { Context } from '../client/client.ts';
import { difference } from '../client/difference.ts';
import { limitOf, query } from '../client/limits.ts';
import {
  bringTo,
  changes,
  modifyCall,
  queuePairIn,
  readAll,
  transitionCall,
  transportOf,
} from '../client/queue_pairs.ts';
import { make, on, type Thing } from '../client/things.ts';
import { words } from '../client/words.ts';
import type { RdmaWorld, Trial } from '../support/world.ts';

type Values = Readonly<Record<string, Value>>;

/** The legal transition `from`->`to` with some attributes replaced or added; what is left of the queue pair afterwards is observed. */
async function attempt(
  context: Context,
  type: string,
  from: string,
  to: string,
  name: string,
  altered: Values,
  port = 1,
): Promise<Trial> {
  const qp = await make(context, 'qp', type);
  await bringTo(qp, from, port);
  return changed(qp, from, to, name, altered, port);
}

async function changed(qp: Thing, from: string, to: string, name: string, altered: Values, port = 1): Promise<Trial> {
  const before = await readAll(qp);
  const sound = transitionCall(qp, from, to, await transportOf(qp.context, port), port);
  const result = await qp.context.call({ ...sound, attributes: { ...sound.attributes, ...altered } });
  const got = changes(before, await readAll(qp));
  return { name, result, expected: 'unchanged', got: got === '' ? 'unchanged' : got };
}

function path(world: RdmaWorld, name: string, port: number): StructValue {
  const example = world.spec.objects['qp']?.attributes[name]?.example as StructValue;
  return { ...example, port };
}

async function ports(context: Context): Promise<number> {
  return limitOf(context, 'port_count');
}

When('a {type} queue pair is bound to ports that do not exist', async function (this: RdmaWorld, type: string) {
  const context = this.context();
  const last = await ports(context);
  const trials = [];
  for (const port of [0, last + 1, 255])
    trials.push(await attempt(context, type, 'RESET', 'INIT', `port ${String(port)}`, { port }));
  this.trials = trials;
});

When(
  'a {type} queue pair on an InfiniBand port is given paths by other ports',
  async function (this: RdmaWorld, type: string) {
    const last = await ports(this.context());
    const trials = [];
    for (const port of [0, last + 1, ...(last > 1 ? [2] : [])]) {
      const name = `path by port ${String(port)}`;
      trials.push(await attempt(this.context(), type, 'INIT', 'RTR', name, { path_ib: path(this, 'path_ib', port) }));
    }
    this.trials = trials;
  },
);

When(
  'a {type} queue pair in SQD is given a path by one port and another port beside it',
  async function (this: RdmaWorld, type: string) {
    const context = this.context();
    const last = await ports(context);
    const pairs: [number, number][] = [[1, last + 1], ...(last > 1 ? ([[1, 2]] as [number, number][]) : [])];
    const trials = [];
    for (const [port, other] of pairs) {
      const altered = { port, path_ib: path(this, 'path_ib', other) };
      trials.push(
        await attempt(context, type, 'SQD', 'SQD', `port ${String(port)}, path by ${String(other)}`, altered),
      );
    }
    this.trials = trials;
  },
);

When(
  'a {type} queue pair on a RoCE port is given an alternate path by an InfiniBand port',
  async function (this: RdmaWorld, type: string) {
    const context = this.context();
    const last = await ports(context);
    const byTransport = new Map<string, number>();
    for (let port = 1; port <= last; port += 1) byTransport.set(await transportOf(context, port), port);
    const [own, other] = [byTransport.get('ROCE') ?? 0, byTransport.get('IB') ?? 0];
    const altered = { alt_path_ib: path(this, 'alt_path_ib', other) };
    this.trials = [await attempt(context, type, 'INIT', 'RTR', 'alternate path from RoCE', altered, own)];
  },
);

When(
  'a {type} queue pair on each port is given a path of the other transport',
  async function (this: RdmaWorld, type: string) {
    const context = this.context();
    const last = await ports(context);
    const trials = [];
    for (let port = 1; port <= last; port += 1) {
      const qp = await make(context, 'qp', type);
      await bringTo(qp, 'INIT', port);
      const wrong = (await transportOf(context, port)) === 'ROCE' ? 'path_ib' : 'path_roce';
      const right = wrong === 'path_ib' ? 'path_roce' : 'path_ib';
      const sound = transitionCall(qp, 'INIT', 'RTR', await transportOf(context, port), port);
      const others = Object.fromEntries(Object.entries(sound.attributes).filter(([name]) => name !== right));
      const before = await readAll(qp);
      for (const [name, attributes] of [
        [`${wrong} on port ${String(port)}`, { ...others, [wrong]: path(this, wrong, port) }],
        [`both paths on port ${String(port)}`, { ...sound.attributes, [wrong]: path(this, wrong, port) }],
      ] as const) {
        const result = await context.call(on(qp, 'modify', attributes));
        const got = changes(before, await readAll(qp));
        trials.push({ name, result, expected: 'unchanged', got: got === '' ? 'unchanged' : got });
      }
    }
    this.trials = trials;
  },
);

When(
  'a {type} queue pair is given alternate paths by ports that cannot carry one',
  async function (this: RdmaWorld, type: string) {
    const context = this.context();
    const last = await ports(context);
    const roce = [];
    for (let port = 1; port <= last; port += 1) if ((await transportOf(context, port)) === 'ROCE') roce.push(port);
    const trials = [];
    for (const port of [0, last + 1, ...roce]) {
      trials.push(
        await attempt(context, type, 'INIT', 'RTR', `alternate path by port ${String(port)}`, {
          alt_path_ib: path(this, 'alt_path_ib', port),
        }),
      );
    }
    this.trials = trials;
  },
);

When('a {type} queue pair is given partition keys beyond the table', async function (this: RdmaWorld, type: string) {
  const reply = (await query(this.context(), 'port', 1)).reply?.attributes ?? {};
  const length = Number(reply['pkey_table_length'] ?? 0);
  const trials = [];
  for (const index of [length, length + 1, 0xffff])
    trials.push(
      await attempt(this.context(), type, 'RESET', 'INIT', `pkey_index ${String(index)}`, { pkey_index: index }),
    );
  this.trials = trials;
});

When('a {type} queue pair is given queue keys with the top bit set', async function (this: RdmaWorld, type: string) {
  const trials = [];
  for (const qkey of [0x80000000, 0x80010000, 0xffffffff])
    trials.push(await attempt(this.context(), type, 'RESET', 'INIT', `qkey 0x${qkey.toString(16)}`, { qkey }));
  this.trials = trials;
});

When(
  'a {type} queue pair on each port is given path MTUs above the maximum of the port',
  async function (this: RdmaWorld, type: string) {
    const context = this.context();
    const mtus = this.spec.enums['path_mtu'] ?? {};
    const trials = [];
    for (let port = 1; port <= (await ports(context)); port += 1) {
      const largest = mtus[words((await query(context, 'port', port)).reply?.attributes['max_mtu'])] ?? 0;
      for (const mtu of Object.keys(mtus).filter((name) => (mtus[name] ?? 0) > largest)) {
        trials.push(
          await attempt(context, type, 'INIT', 'RTR', `${mtu} on port ${String(port)}`, { path_mtu: mtu }, port),
        );
      }
    }
    this.trials = trials;
  },
);

When(
  'a {type} queue pair is given more reads and atomics than the device can have',
  async function (this: RdmaWorld, type: string) {
    const context = this.context();
    const initiator = (await limitOf(context, 'max_qp_init_rd_atom')) + 1;
    const target = (await limitOf(context, 'max_qp_rd_atom')) + 1;
    this.trials = [
      await attempt(context, type, 'INIT', 'RTR', `max_dest_rd_atomic ${String(target)}`, {
        max_dest_rd_atomic: target,
      }),
      await attempt(context, type, 'RTR', 'RTS', `max_qp_rd_atomic ${String(initiator)}`, {
        max_qp_rd_atomic: initiator,
      }),
    ];
  },
);

When(
  'a {type} queue pair in {state} is told that it is in another state',
  async function (this: RdmaWorld, type: string, state: string) {
    const qp = await queuePairIn(this.context(), type, state);
    const trials = [];
    for (const other of this.spec.qp.states.filter((candidate) => candidate !== state)) {
      trials.push(await changed(qp, state, 'RTS', `cur_state ${other} in ${state}`, { cur_state: other }));
    }
    this.trials = trials;
  },
);

When(
  'a {type} queue pair in {state} is modified without a state',
  async function (this: RdmaWorld, type: string, state: string) {
    const qp = await queuePairIn(this.context(), type, state);
    const before = await readAll(qp);
    const result = await qp.context.call(modifyCall(qp, state, undefined, []));
    const got = changes(before, await readAll(qp));
    this.trials = [{ name: `${type} in ${state}`, result, expected: 'unchanged', got: got === '' ? 'unchanged' : got }];
  },
);

When(
  'a {type} queue pair gets one bad value among good ones, at each place of the message',
  async function (this: RdmaWorld, type: string) {
    const context = this.context();
    const qp = await queuePairIn(context, type, 'INIT');
    const before = await readAll(qp);
    const sound = transitionCall(qp, 'INIT', 'RTR', await transportOf(context));
    const bad = { pkey_index: 0xffff } as const;
    const entries = Object.entries(sound.attributes);
    const trials = [];
    for (let at = 0; at <= entries.length; at += 1) {
      const attributes = Object.fromEntries([...entries.slice(0, at), ...Object.entries(bad), ...entries.slice(at)]);
      const result = await context.call(on(qp, 'modify', attributes));
      const got = changes(before, await readAll(qp));
      trials.push({
        name: `bad value at place ${String(at + 1)}`,
        result,
        clause: 'qp-modify-pkey',
        expected: 'unchanged',
        got: got === '' ? 'unchanged' : got,
      });
    }
    this.trials = trials;
  },
);

Then('nothing of the modifies was taken over', function (this: RdmaWorld) {
  for (const { name, result, expected, got } of this.trials) {
    const seen = result.errno === 0 ? `accepted, ${got ?? ''}` : `refused, ${got ?? ''}`;
    this.check(name, result.errno !== 0 && expected === got, `refused, ${expected ?? ''}`, seen, result);
  }
});

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
