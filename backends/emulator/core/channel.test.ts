import { describe, expect, it } from 'vitest';
import { BareDevice } from '../bare_device.ts';
import { Channel, dissociate, dropUnread, type EventRecord } from './channel.ts';
import { Instance } from './instance.ts';

const bare = new BareDevice();
const context = bare.open();
const about = (source?: Instance): EventRecord => ({ event: 0, classId: 5, element: 0n, source });
const object = (): Instance => new Instance(context, 'cq', undefined, [], undefined);

describe('a channel', () => {
  it('forgets the records of one object on every channel, and keeps those of others in order', () => {
    const [one, two] = [new Channel('async_event', context), new Channel('event_channel', context)];
    const [going, staying] = [object(), object()];
    for (const channel of [one, two])
      for (const source of [going, staying, undefined, going, staying]) channel.push(about(source));
    dropUnread(going);
    for (const channel of [one, two])
      expect(channel.records.map(({ source }) => source)).toEqual([staying, undefined, staying]);
  });

  it('is associated no longer with an object that is gone', () => {
    const channel = new Channel('event_channel', context);
    const going = object();
    channel.associate({ object: 'cq', number: 1, source: going });
    channel.associate({ object: 'port', number: 1, source: undefined });
    dissociate(going);
    expect(channel.associations.map((one) => one.object)).toEqual(['port']);
    dropUnread(object());
  });

  it('takes nothing once it is closed', () => {
    const channel = new Channel('async_event', context);
    channel.closed = true;
    channel.push(about());
    expect(channel.records).toEqual([]);
  });

  it('asks those who wait, the first one first, until they have something', () => {
    const channel = new Channel('async_event', context);
    const asked: string[] = [];
    let ready = false;
    channel.wait(() => (asked.push('one'), ready));
    channel.wait(() => (asked.push('two'), false));
    channel.wake();
    ready = true;
    channel.wake();
    channel.wake();
    expect(asked).toEqual(['one', 'two', 'one', 'two', 'two']);
  });
});
