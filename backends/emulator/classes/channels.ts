/** Event channels of the three kinds: made with a descriptor, told what to listen to, ended by close. */
import { ERRNO } from '../../../spec/errno.ts';
import type { Spec } from '../../../spec/model.ts';
import type { Call } from '../core/call.ts';
import { Channel, type Association, type ChannelKind } from '../core/channel.ts';
import { Instance } from '../core/instance.ts';
import { openFile } from '../core/process.ts';
import type { Rule } from '../rules.ts';
import { idOf } from './ids.ts';

/** Takes back an fd object whose create cannot be answered. */
export function takeBack(call: Call): void {
  const { target, process, context } = call;
  if (target === undefined || !(target.state instanceof Channel)) return;
  process?.descriptors.delete(target.handle);
  context.channels.delete(target.state);
  context.device.channels.delete(target.state);
  if (context.defaultChannel === target.state) context.defaultChannel = undefined;
}

const KINDS: readonly ChannelKind[] = ['comp_channel', 'async_event', 'event_channel'];

export function channelRules(spec: Spec): Readonly<Record<string, readonly Rule<Call>[]>> {
  const pipelines: Record<string, readonly Rule<Call>[]> = {};
  for (const kind of KINDS) pipelines[`${kind}.create_fd`] = [created(kind)];
  return { ...pipelines, ...associations(spec) };
}

function created(kind: ChannelKind): Rule<Call> {
  return {
    clause: 'fd-create',
    apply: (call) => {
      const { context, device, process } = call;
      const channel = new Channel(kind, context);
      const instance = new Instance(context, kind, undefined, [], channel);
      if (process !== undefined) instance.handle = process.install(openFile(context, channel), true);
      context.adopt(instance);
      context.channels.add(channel);
      device.channels.add(channel);
      if (kind === 'async_event') context.defaultChannel ??= channel;
      call.target = instance;
      return 0;
    },
  };
}

function associations(spec: Spec): Readonly<Record<string, readonly Rule<Call>[]>> {
  const [object, number] = [idOf(spec, 'event_channel', 'object'), idOf(spec, 'event_channel', 'number')];
  const kinds = Object.entries(spec.enums['event_source'] ?? {});
  const asked = (call: Call): Association | undefined => {
    const kind = kinds.find(([, value]) => value === call.numbers[object])?.[0]?.toLowerCase() ?? '';
    const named = call.numbers[number] ?? 0;
    if (kind === 'device') return named === 0 ? { object: kind, number: 0, source: undefined } : undefined;
    if (kind === 'port') {
      const exists = named >= 1 && named <= call.device.model.ports.length;
      return exists ? { object: kind, number: named, source: undefined } : undefined;
    }
    const spaces = call.device.table.spaces;
    const source = call.context.tables[spaces.indexOf(spec.objects[kind]?.space ?? kind)]?.get(named);
    return source && { object: kind, number: named, source };
  };
  const same = (one: Association, other: Association): boolean =>
    one.object === other.object && one.number === other.number && one.source === other.source;
  const known: Rule<Call> = { clause: 'event-association-unknown', apply: (call) => (asked(call) ? 0 : ERRNO.ENOENT) };
  return {
    'event_channel.associate': [
      known,
      {
        clause: 'event-associate-again',
        apply: (call) => {
          const wanted = asked(call) as Association;
          const { channel } = call;
          if (channel !== undefined) channel.associations = channel.associations.filter((one) => !same(one, wanted));
          return 0;
        },
      },
      {
        clause: 'event-associate',
        apply: (call) => {
          const wanted = asked(call) as Association;
          call.channel?.associate(wanted);
          return 0;
        },
      },
    ],
    'event_channel.dissociate': [
      known,
      {
        clause: 'event-dissociate-unknown',
        apply: (call) => {
          const wanted = asked(call) as Association;
          return call.channel?.associations.some((one) => same(one, wanted)) === true ? 0 : ERRNO.EINVAL;
        },
      },
      {
        clause: 'event-dissociate',
        apply: (call) => {
          const wanted = asked(call) as Association;
          const { channel } = call;
          if (channel !== undefined) channel.associations = channel.associations.filter((one) => !same(one, wanted));
          return 0;
        },
      },
    ],
  };
}
