import { beforeEach, describe, expect, it } from 'vitest';
import type { Call } from '../../../spec/abi/abi.ts';
import { BareDevice } from '../bare_device.ts';
import type { Context } from '../core/context.ts';
import { Channel } from '../core/channel.ts';
import type { Happening } from '../core/events.ts';
import type { Instance } from '../core/instance.ts';
import { pipelineOf } from '../rules.ts';
import type { CqState } from './cq.ts';
import type { Completed } from './cq_notify.ts';

const bare = new BareDevice();
const complete = pipelineOf<Completed>(bare.pipelines, 'cq.complete');
bare.device.raise = pipelineOf<Happening>(bare.pipelines, 'event.raise');

let context: Context;
let cq: Instance<CqState>;
let channel: Channel;

beforeEach(() => {
  context = bare.open();
  const handle = bare.make(context, { object: 'cq', method: 'create', attributes: { cqe: 1, comp_vector: 0 } });
  const made = [...context.instances].find((instance) => instance.handle === handle) as Instance<CqState>;
  channel = new Channel('comp_channel', context);
  cq = Object.assign(made, { state: { ...made.state, compChannel: channel } });
});

function arm(solicited_only: number): void {
  const call: Call = { object: 'cq', method: 'req_notify', on: cq.handle, attributes: { solicited_only } };
  expect(bare.errno(context, call)).toBe(0);
}

/** How many events a completion makes. */
function events(how: { solicited?: boolean; failed?: boolean } = {}): number {
  const before = channel.records.length;
  complete({ device: bare.device, cq, solicited: false, failed: false, wanted: false, ...how });
  return channel.records.length - before;
}

describe('a completion queue', () => {
  it('tells nothing before it is armed, and one thing for each arming', () => {
    expect(events()).toBe(0);
    arm(0);
    expect([events(), events(), events({ solicited: true })]).toEqual([1, 0, 0]);
    arm(0);
    expect(events()).toBe(1);
  });

  it('armed for solicited completions tells of those and of failures', () => {
    arm(1);
    expect([events(), events({ solicited: true }), events({ solicited: true })]).toEqual([0, 1, 0]);
    arm(1);
    expect([events(), events({ failed: true })]).toEqual([0, 1]);
  });

  it('is made stronger by a second arming and never weaker', () => {
    arm(0);
    arm(1);
    expect(events()).toBe(1);
    arm(1);
    arm(0);
    expect(events()).toBe(1);
  });

  it('can be armed without a channel', () => {
    Object.assign(cq, { state: { ...cq.state, compChannel: undefined } });
    arm(0);
    expect(events()).toBe(0);
  });

  it('tells an event channel that listens to it, once', () => {
    const listener = new Channel('event_channel', context);
    listener.associate({ object: 'cq', number: cq.handle, source: cq });
    bare.device.channels.add(listener);
    arm(0);
    expect(events()).toBe(1);
    expect(listener.records).toHaveLength(1);
    bare.device.channels.delete(listener);
  });
});
