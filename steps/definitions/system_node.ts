/** The system-wide node: what it serves, and that it is served as a device is. */
import { Given, Then, When } from '@cucumber/cucumber';
import { BackendError } from '../../backends/backend.ts';
import { HEADER_BYTES, requestOf } from '../../spec/abi/uapi/layout.ts';
import { globalPart } from '../../spec/abi/uapi/global.ts';
import { tablesOf } from '../../spec/abi/uapi/tables.ts';
import type { ClassInfo } from '../../spec/abi/uapi/tables.ts';
import { errnoName } from '../../spec/errno.ts';
import type { Context } from '../client/client.ts';
import { damaged } from '../client/damaged.ts';
import { fileOf } from '../client/events.ts';
import { ask, classesOf, methodsOf, probeMethod, recordsOf } from '../client/interface.ts';
import { specimensOf } from '../client/specimens.ts';
import { SYSTEM_NODE, openSystemNode, systemPath } from '../client/system_node.ts';
import { make } from '../client/things.ts';
import type { RdmaWorld, Trial } from '../support/world.ts';

/** How often the node is opened at once. */
const SEVERAL = 3;

Given('the system-wide node is open', async function (this: RdmaWorld) {
  this.objects.set(SYSTEM_NODE, await openSystemNode(this.client));
});

Given('the system-wide node is open in place of the device', async function (this: RdmaWorld) {
  this.objects.set('the device', await openSystemNode(this.client));
});

Given('an event channel of the system-wide node', async function (this: RdmaWorld) {
  this.objects.set('event channel', await make(this.context(SYSTEM_NODE), 'event_channel'));
});

Then('the system-wide node can be opened several times', async function (this: RdmaWorld) {
  const process = await this.client.process();
  for (let time = 1; time <= SEVERAL; time += 1) {
    const answer = await this.client.tryOpen(process, systemPath(this.client));
    const got = answer.ok ? 'a descriptor' : errnoName(answer.errno);
    this.check(`time ${String(time)}`, answer.ok, 'a descriptor', got);
  }
});

/** The classes of the node as its part of the tables has them. */
function globalInfos({ spec }: RdmaWorld): ClassInfo[] {
  return [...tablesOf(globalPart(spec)).classes.values()];
}

Then('every method that needs no device is served there', async function (this: RdmaWorld) {
  const node = this.context(SYSTEM_NODE);
  for (const { id, table } of globalInfos(this)) {
    for (const { name, number } of Object.values(table.methods)) {
      const served = await probeMethod(node, id, number);
      this.check(`${table.object}.${name}`, served, 'served', served ? 'served' : 'not supported');
    }
  }
});

When('every method of every class without the flag is called there', async function (this: RdmaWorld) {
  const node = this.context(SYSTEM_NODE);
  const tables = tablesOf(this.spec);
  const trials: Trial[] = [];
  for (const info of [...tables.classes.values()].filter(({ table }) => table.global !== true)) {
    for (const { method } of tables.methodsOf(info).values()) {
      const result = await node.send(headerAlone(info.id, method.number));
      trials.push({ name: `${info.name}.${method.name}`, result });
    }
  }
  this.trials = trials;
});

/** A message without attributes. */
function headerAlone(classId: number, method: number): Parameters<Context['send']>[0] {
  const bytes = new Uint8Array(HEADER_BYTES);
  bytes.set([HEADER_BYTES, 0, classId & 0xff, classId >> 8]);
  return { request: requestOf(method), regions: [{ bytes }], patches: [] };
}

Then('its lists are those of the tables', async function (this: RdmaWorld) {
  const node = this.context(SYSTEM_NODE);
  const infos = globalInfos(this);
  const same = (name: string, expected: readonly number[], got: readonly number[]): void => {
    this.check(name, expected.join() === got.join(), expected.join(' '), got.join(' '));
  };
  same('classes', ascending(infos.map(({ id }) => id)), (await classesOf(node)).ids);
  for (const { id, table } of infos) {
    const numbers = ascending(Object.values(table.methods).map(({ number }) => number));
    const listed = (await methodsOf(node, id)).numbers;
    same(table.object, numbers, listed);
    for (const { name, number, attributes } of Object.values(table.methods)) {
      if (!listed.includes(number)) continue;
      const kept = new Set(attributes.map((use) => table.attributes[use.name]?.id));
      const expected = ask.expected(node, id, number).map((record) => Number(record['id']));
      const { records } = await recordsOf(node, id, number);
      same(
        `${table.object}.${name}`,
        expected.filter((attribute) => kept.has(attribute)),
        records.map((record) => Number(record['id'])),
      );
    }
  }
});

function ascending(numbers: readonly number[]): number[] {
  return numbers.toSorted((a, b) => a - b);
}

Then('every malformed message is answered there as on the device', async function (this: RdmaWorld) {
  const [device, node] = [this.context(), this.context(SYSTEM_NODE)];
  const { objects } = globalPart(this.spec);
  const specimens = specimensOf(device).filter(
    ({ object, method, prepared }) => !prepared && objects[object]?.methods[method] !== undefined,
  );
  for (const specimen of specimens) {
    for (const damage of Object.values(this.client.session.abi.damage)) {
      const expected = await damaged(device, specimen, damage);
      const got = await damaged(node, specimen, damage);
      if (expected.length !== got.length) throw new BackendError('protocol', `${specimen.name} differs by node`);
      for (const [index, { name, result }] of got.entries()) {
        const wanted = expected[index]?.result.answer ?? '';
        this.check(`${damage.name}: ${name}`, result.answer === wanted, wanted, result.answer, result);
      }
    }
  }
});

Then('the event channel of the system-wide node is as it was', async function (this: RdmaWorld) {
  const channel = this.thing('event channel');
  const events = await fileOf(channel).poll(1).within(this.client.session.description.patience);
  this.check('poll', events === 0, 'nothing', events === undefined ? 'waits' : String(events));
});
