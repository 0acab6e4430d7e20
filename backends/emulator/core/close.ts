/** Closing a file of the device, or an event descriptor. Source: core/rdma_core.c, facts C3. */
import type { Rule } from '../rules.ts';
import { dropUnread, type Channel } from './channel.ts';
import type { Context } from './context.ts';

export function contextRules(): Readonly<Record<string, readonly Rule<never>[]>> {
  const closing: readonly Rule<Context>[] = [
    {
      clause: 'event-destroy-drops',
      apply: (context) => {
        for (const instance of context.instances) dropUnread(instance);
        return 0;
      },
    },
    { clause: 'cm-close', apply: () => 0 },
    {
      clause: 'context-close',
      apply: (context) => {
        for (const instance of [...context.instances].reverse()) {
          if (instance.space < 0) continue;
          context.detach(instance);
        }
        return 0;
      },
    },
    {
      // Asynchronous channels are left as they are: nothing more comes, and a reader waits for ever.
      clause: 'event-read-ended',
      apply: (context) => {
        for (const channel of context.channels) {
          if (channel.kind !== 'comp_channel') continue;
          channel.records = [];
          channel.ended = true;
          channel.wake();
        }
        return 0;
      },
    },
  ];
  const closingChannel: readonly Rule<Channel>[] = [
    {
      clause: 'fd-close',
      apply: (channel) => {
        const { context } = channel;
        channel.closed = true;
        channel.records = [];
        context.device.channels.delete(channel);
        context.channels.delete(channel);
        for (const instance of [...context.instances]) if (instance.state === channel) context.detach(instance);
        return 0;
      },
    },
  ];
  return { 'context.close': closing, 'channel.close': closingChannel };
}
