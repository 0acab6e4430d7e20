import { describe, expect, it } from 'vitest';
import { pick, seeded } from '../../../spec/seeded.ts';
import { BareDevice } from '../bare_device.ts';
import { queuePairInSqd } from '../rc_modify.ts';
import { pipelineOf } from '../rules.ts';
import { Context } from './context.ts';
import { Instance } from './instance.ts';

const bare = new BareDevice();
const { spaces } = bare.device.table;
const PD = spaces.indexOf('pd');
const CQ = spaces.indexOf('cq');

function attached(context: Context, object: string, space: number, uses: readonly Instance[] = []): Instance {
  const instance = new Instance(context, object, undefined, uses, undefined);
  context.attach(instance, space);
  return instance;
}

describe('a context', () => {
  it('counts what exists and what is used, and gives everything up again', () => {
    const context = bare.open();
    const pd = attached(context, 'pd', PD);
    const users = [attached(context, 'cq', CQ, [pd]), attached(context, 'cq', CQ, [pd, pd])];
    expect([pd.users, bare.device.counted('pd'), bare.device.counted('cq')]).toEqual([3, 1, 2]);
    for (const user of users) context.detach(user);
    context.detach(pd);
    expect([pd.users, bare.device.counted('pd'), bare.device.counted('cq'), context.instances.size]).toEqual([
      0, 0, 0, 0,
    ]);
  });

  it('has handles of its own in each space, from the first number on', () => {
    const [one, two] = [bare.open(), bare.open()];
    const handles = [attached(one, 'pd', PD), attached(one, 'cq', CQ), attached(two, 'pd', PD)].map((i) => i.handle);
    expect(handles).toEqual([1, 1, 1]);
    expect(one.tables[PD]).not.toBe(two.tables[PD]);
  });

  it('has one space for all classes where the ABI has', () => {
    const context = new Context(bare.device, true, spaces.length, true, 0);
    expect([attached(context, 'pd', PD).handle, attached(context, 'cq', CQ).handle]).toEqual([0, 1]);
  });

  it('leaves nothing behind when it is closed, whatever was made and unmade before', () => {
    const random = seeded(8);
    const close = pipelineOf<Context>(bare.pipelines, 'context.close');
    const before = new Map(bare.device.counts());
    for (let round = 0; round < 20; round += 1) {
      const context = bare.open();
      for (let step = 0; step < 50; step += 1) {
        const living = [...context.instances];
        const unused = living.filter((instance) => instance.users === 0);
        if (unused.length > 0 && random(3) === 0) context.detach(pick(random, unused));
        else attached(context, 'cq', CQ, living.length > 0 && random(2) === 0 ? [pick(random, living)] : []);
      }
      expect(bare.device.counted('cq')).toBe(context.instances.size + (before.get('cq') ?? 0));
      expect(close(context)).toBe(0);
      expect([context.instances.size, bare.device.counted('cq')]).toEqual([0, before.get('cq') ?? 0]);
    }
  });
});

describe('a device', () => {
  it('forgets the queue pairs of a file that is closed, and no others', () => {
    const device = new BareDevice();
    const [one, two] = [device.open(), device.open()];
    for (const context of [one, two]) queuePairInSqd(device, context);
    expect(device.device.queuePairs.size).toBe(2);
    expect(pipelineOf<Context>(device.pipelines, 'context.close')(one)).toBe(0);
    const [left] = [...device.device.queuePairs.values()];
    expect([device.device.queuePairs.size, left?.context]).toEqual([1, two]);
    expect([device.device.counted('qp'), device.device.counted('cq')]).toEqual([1, 1]);
  });

  it('gives queue-pair numbers of 24 bits that no live queue pair has', () => {
    const { device } = new BareDevice();
    const taken = new Set<number>();
    for (let round = 0; round < 300; round += 1) {
      const qpn = device.takeQpn();
      expect(taken.has(qpn)).toBe(false);
      expect(qpn).toBeGreaterThan(1);
      expect(qpn).toBeLessThan(2 ** 24);
      taken.add(qpn);
      device.queuePairs.set(qpn, new Instance(bare.open(), 'qp', 'RC', [], {} as never));
    }
  });
});
