/** From something that happened on a device to records on channels, and from channels to readers. Source: facts C3, C6. */
import { ERRNO } from '../../../spec/errno.ts';
import type { Spec } from '../../../spec/model.ts';
import type { Rule } from '../rules.ts';
import type { Channel, EventRecord } from './channel.ts';
import type { Device } from './device.ts';
import type { Instance } from './instance.ts';

/** Something that happened: to an object, to a port, or to the device as a whole. */
export interface Happening {
  readonly device: Device;
  /** Name in enum `event`. */
  readonly event: string;
  readonly source?: Instance | undefined;
  readonly port?: number | undefined;
  /** Filled on the way. */
  channels: Channel[];
}

/** A poll of one channel's descriptor. */
export interface Polling {
  readonly channel: Channel;
  /** What is ready, in bits of poll. */
  events: number;
  /** Whether a caller who wants to wait does. */
  waits: boolean;
}

const COMPLETION = 'COMPLETION';
const POLL_IN = 1;
const POLL_ERR = 8;

/** One read of a channel's descriptor. */
export interface Reading {
  readonly channel: Channel;
  /** Bytes of room, and of one record. */
  readonly room: number;
  readonly size: number;
  readonly nonblock: boolean;
  /** True for a reader that has waited, and looks again. */
  readonly woken: boolean;
  /** Whether it goes on waiting; else how many records it gets, and which. */
  waits: boolean;
  count: number;
  records: EventRecord[];
}

export function eventRules(spec: Spec): Readonly<Record<string, readonly Rule<never>[]>> {
  const classOf = (object: string, variant: string | undefined): number => {
    const id = spec.objects[object]?.classId ?? 0;
    return typeof id === 'number' ? id : (id[variant ?? ''] ?? 0);
  };
  const numberOf = (event: string): number => spec.enums['event']?.[event] ?? 0;
  const recordOf = ({ event, source, port }: Happening): EventRecord => ({
    event: numberOf(event),
    classId:
      source !== undefined
        ? classOf(source.object, source.variant)
        : classOf(port === undefined ? 'device' : 'port', undefined),
    element: source !== undefined ? userHandleOf(source) : BigInt(port ?? 0),
    source,
  });
  const raise: readonly Rule<Happening>[] = [
    { clause: 'hw-context-event', apply: ({ source, event }) => (source?.happened?.(event), 0) },
    {
      clause: 'event-completion',
      apply: (happening) => {
        const channel = happening.event === COMPLETION ? compChannelOf(happening.source) : undefined;
        if (channel !== undefined) happening.channels.push(channel);
        return 0;
      },
    },
    {
      clause: 'event-affiliated',
      apply: (happening) => {
        const channel = happening.event === COMPLETION ? undefined : happening.source?.channel;
        if (channel !== undefined) happening.channels.push(channel);
        return 0;
      },
    },
    {
      clause: 'event-default',
      apply: (happening) => {
        const channel = happening.event === COMPLETION ? undefined : happening.source?.defaultChannel;
        if (channel !== undefined) happening.channels.push(channel);
        return 0;
      },
    },
    {
      clause: 'event-unaffiliated',
      apply: (happening) => {
        const { source, device } = happening;
        if (source === undefined)
          for (const channel of device.channels) if (channel.kind === 'async_event') happening.channels.push(channel);
        return 0;
      },
    },
    {
      clause: 'event-associate',
      apply: (happening) => {
        for (const channel of happening.device.channels) {
          if (channel.kind === 'event_channel' && listens(channel, happening) && !happening.channels.includes(channel))
            happening.channels.push(channel);
        }
        return 0;
      },
    },
    {
      clause: 'event-record',
      apply: (happening) => {
        for (const channel of happening.channels) channel.push(recordOf(happening));
        return 0;
      },
    },
    {
      clause: 'event-read-wait',
      apply: (happening) => {
        for (const channel of happening.channels) channel.wake();
        return 0;
      },
    },
  ];
  const read: readonly Rule<Reading>[] = [
    {
      clause: 'removal-comp-channel',
      apply: ({ channel }) => (channel.kind === 'comp_channel' && channel.context.device.gone ? ERRNO.EIO : 0),
    },
    {
      clause: 'removal-async-end',
      apply: ({ channel }) => (channel.records.length === 0 && endsWithDevice(channel) ? ERRNO.EIO : 0),
    },
    {
      clause: 'event-read-ended',
      apply: ({ channel }) => (channel.ended && channel.records.length === 0 ? ERRNO.EIO : 0),
    },
    {
      clause: 'event-read-empty',
      apply: ({ channel, nonblock }) => (nonblock && channel.records.length === 0 ? ERRNO.EAGAIN : 0),
    },
    {
      clause: 'event-read-short',
      apply: ({ channel, room, size }) => (channel.records.length > 0 && room < size ? ERRNO.EINVAL : 0),
    },
    {
      clause: 'event-read-wait',
      apply: (reading) => ((reading.waits = !reading.woken && reading.channel.records.length === 0), 0),
    },
    {
      clause: 'event-read-shared',
      apply: (reading) => ((reading.waits ||= reading.woken && reading.channel.records.length === 0), 0),
    },
    { clause: 'event-read-one', apply: (reading) => ((reading.count = 1), 0) },
    {
      clause: 'event-read-order',
      apply: (reading) => ((reading.records = reading.channel.records.splice(0, reading.count)), 0),
    },
    {
      clause: 'event-count',
      apply: ({ records }) => {
        for (const { source, event } of records) {
          if (source === undefined) continue;
          if (event === numberOf(COMPLETION)) source.compEvents += 1;
          else source.asyncEvents += 1;
        }
        return 0;
      },
    },
  ];
  const poll: readonly Rule<Polling>[] = [
    {
      clause: 'event-poll',
      apply: (polling) => ((polling.events = polling.channel.records.length > 0 ? POLL_IN : 0), 0),
    },
    {
      clause: 'removal-poll',
      apply: (polling) => {
        const { channel } = polling;
        const over = channel.kind === 'comp_channel' ? channel.context.device.gone : endsWithDevice(channel);
        if (over && channel.records.length === 0) polling.events |= POLL_ERR;
        return 0;
      },
    },
    {
      clause: 'event-poll-ended',
      apply: (polling) => {
        if (polling.channel.ended && polling.channel.records.length === 0) polling.events |= POLL_ERR;
        return 0;
      },
    },
    { clause: 'event-poll-wait', apply: (polling) => ((polling.waits = polling.events === 0), 0) },
  ];
  // Channels are opened for reading alone.
  const write: readonly Rule<Channel>[] = [{ clause: 'fd-write', apply: () => ERRNO.EBADF }];
  return { 'event.raise': raise, 'event.read': read, 'event.poll': poll, 'event.write': write };
}

/** Whether an asynchronous channel is over once it is empty. */
function endsWithDevice({ kind, context }: Channel): boolean {
  return kind !== 'comp_channel' && context.device.gone && context.device.asyncEnds;
}

function listens(channel: Channel, { source, port }: Happening): boolean {
  return channel.associations.some((association) => {
    if (source !== undefined) return association.source === source;
    return port === undefined
      ? association.object === 'device'
      : association.object === 'port' && association.number === port;
  });
}

function compChannelOf(source: Instance | undefined): Channel | undefined {
  return (source?.state as { readonly compChannel?: Channel } | undefined)?.compChannel;
}

/** The program's own name of an object; 0 for those that have none. */
function userHandleOf(source: Instance): bigint {
  return (source.state as { readonly userHandle?: bigint } | undefined)?.userHandle ?? 0n;
}
