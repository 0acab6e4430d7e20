/** Values inside a modify: what is refused although the table would take the attribute. */
import { Then, When } from '@cucumber/cucumber';
import { attempt, changed } from '../client/attempt.ts';
import type { Value } from '../../spec/abi/abi.ts';
import { limitOf, portCount, query } from '../client/limits.ts';
import { bitNames, transitionOf } from '../../spec/qp_rules.ts';
import { changes, modifyCall, queuePairIn, readAll, tableFor } from '../client/queue_pairs.ts';
import { on, transportOf } from '../client/things.ts';
import { words } from '../client/words.ts';
import type { RdmaWorld } from '../support/world.ts';

When('a {type} queue pair is bound to ports that do not exist', async function (this: RdmaWorld, type: string) {
  const context = this.context();
  const last = await portCount(context);
  const trials = [];
  for (const port of [0, last + 1, 255])
    trials.push(await attempt(context, type, 'RESET', 'INIT', `port ${String(port)}`, { port }));
  this.trials = trials;
});

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
    for (let port = 1; port <= (await portCount(context)); port += 1) {
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
    const { optional } = transitionOf(tableFor(this.spec, type), type, 'INIT', 'INIT');
    const sound = modifyCall(qp, 'INIT', 'INIT', bitNames(this.spec.qp, optional), await transportOf(context));
    // A port that does not exist is refused by every core, where other values are the driver's to refuse.
    const bad = { port: 0xff } as const;
    const others: Readonly<Record<string, Value>> = { access_flags: ['REMOTE_READ'], qkey: 0x1234 };
    const entries = Object.entries(sound.attributes)
      .filter(([name]) => name !== 'port')
      .map(([name, value]) => [name, others[name] ?? value] as const);
    const trials = [];
    for (let at = 0; at <= entries.length; at += 1) {
      const attributes = Object.fromEntries([...entries.slice(0, at), ...Object.entries(bad), ...entries.slice(at)]);
      const result = await context.call(on(qp, 'modify', attributes));
      const got = changes(before, await readAll(qp));
      trials.push({
        name: `bad value at place ${String(at + 1)}`,
        result,
        clause: 'qp-modify-port',
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
