/** Paths and ports inside a modify: what is refused although the table would take the attribute. */
import { When } from '@cucumber/cucumber';
import type { StructValue } from '../../spec/abi/abi.ts';
import { attempt } from '../client/attempt.ts';
import { portCount } from '../client/limits.ts';
import { bringTo, changes, readAll, transitionCall } from '../client/queue_pairs.ts';
import { make, on, transportOf } from '../client/things.ts';
import type { RdmaWorld } from '../support/world.ts';

function path(world: RdmaWorld, name: string, port: number): StructValue {
  const example = world.spec.objects['qp']?.attributes[name]?.example as StructValue;
  return { ...example, port };
}

When(
  'a {type} queue pair on an InfiniBand port is given paths by other ports',
  async function (this: RdmaWorld, type: string) {
    const last = await portCount(this.context());
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
    const last = await portCount(context);
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
    const last = await portCount(context);
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
    const last = await portCount(context);
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
    const last = await portCount(context);
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
