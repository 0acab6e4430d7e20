/** Reading device, ports and queues. */
import { Then, When } from '@cucumber/cucumber';
import { limitOf, query } from '../client/limits.ts';
import { on, tableOf } from '../client/things.ts';
import { words } from '../client/words.ts';
import type { RdmaWorld } from '../support/world.ts';

/** Methods that a class may lack, by number. */
const COMMON: Readonly<Record<string, number>> = { query: 1, modify: 2 };

Then('the device reports the same values twice', async function (this: RdmaWorld) {
  const first = await query(this.context(), 'device', 0);
  const second = await query(this.context(), 'device', 0);
  this.check('first query', first.errno === 0, '0', first.answer, first);
  const values = first.reply?.attributes ?? {};
  const promised = tableOf(this.spec, 'device').methods['query']?.attributes ?? [];
  const reported = this.client.session.abi.expresses('interface', 'query')
    ? promised.map((use) => use.name)
    : Object.keys(values);
  for (const name of reported) {
    const [one, two] = [words(values[name]), words(second.reply?.attributes[name])];
    this.check(name, one === two && one !== 'nothing', one, two, second);
  }
  this.check(
    'at least one port',
    Number(values['port_count'] ?? 0) >= 1,
    '1 or more',
    words(values['port_count']),
    first,
  );
});

Then('every port answers', async function (this: RdmaWorld) {
  const context = this.context();
  const count = await limitOf(context, 'port_count');
  for (let port = 1; port <= count; port += 1) {
    const result = await query(context, 'port', port);
    this.check(`port ${String(port)}`, result.errno === 0, '0', result.answer, result);
    const {
      active_mtu: active,
      max_mtu: max,
      gid_table_length: gids,
      pkey_table_length: pkeys,
    } = result.reply?.attributes ?? {};
    const mtus = this.spec.enums['path_mtu'] ?? {};
    const fits = (mtus[words(active)] ?? Infinity) <= (mtus[words(max)] ?? 0);
    this.check(`port ${String(port)} MTU`, fits, `active MTU within ${words(max)}`, words(active), result);
    // iWARP has no partitions.
    const keyless = this.client.session.capabilities.has('port-iwarp');
    const entries = Number(gids ?? 0) >= 1 && (keyless || Number(pkeys ?? 0) >= 1);
    this.check(
      `port ${String(port)} tables`,
      entries,
      keyless ? 'at least one GID' : 'at least one GID and one partition key',
      `${words(gids)} and ${words(pkeys)}`,
      result,
    );
  }
});

When('ports that do not exist are queried', async function (this: RdmaWorld) {
  const context = this.context();
  const count = await limitOf(context, 'port_count');
  const trials = [];
  for (const port of [0, count + 1, 255])
    trials.push({ name: `port ${String(port)}`, result: await query(context, 'port', port) });
  this.trials = trials;
});

When('device and interface are queried by other numbers', async function (this: RdmaWorld) {
  const trials = [];
  for (const object of ['device', 'interface']) {
    for (const number of [1, 7, 0xffffffff])
      trials.push({ name: `${object} ${String(number)}`, result: await query(this.context(), object, number) });
  }
  this.trials = trials;
});

When('fixed objects are created, modified and destroyed', async function (this: RdmaWorld) {
  const context = this.context();
  const { abi } = this.client.session;
  const trials = [];
  for (const table of Object.values(this.spec.objects).filter((candidate) => candidate.instances === 'fixed')) {
    const query = abi.encode(abi.draft({ object: table.object, method: 'query', on: 0, attributes: {} }));
    for (const [method, number] of [
      ['create', 0],
      ['modify', 2],
      ['destroy', 3],
    ] as const) {
      const request = ((query.request & 0xffffff00) | number) >>> 0;
      const regions = query.regions.map((region) => ({ ...region, bytes: region.bytes.slice() }));
      trials.push({ name: `${table.object}.${method}`, result: await context.send({ ...query, request, regions }) });
    }
  }
  this.trials = trials;
});

When('the common methods that {object}s do not have are called', async function (this: RdmaWorld, named: string) {
  const context = this.context();
  const { abi } = this.client.session;
  const thing = this.thing(named);
  const table = tableOf(this.spec, thing.object);
  const trials = [];
  for (const [method, number] of Object.entries(COMMON)) {
    if (table.methods[method] !== undefined) continue;
    const sound = abi.encode(abi.draft(on(thing, 'destroy')));
    const request = ((sound.request & 0xffffff00) | number) >>> 0;
    trials.push({ name: `${thing.object}.${method}`, result: await context.send({ ...sound, request }) });
  }
  this.trials = trials;
});
