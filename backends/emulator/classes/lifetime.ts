/** What every class does alike: room for one more object, busy while used, free again. */
import { ERRNO } from '../../../spec/errno.ts';
import type { Call } from '../core/call.ts';
import { dissociate, dropUnread } from '../core/channel.ts';
import { Instance } from '../core/instance.ts';
import type { Rule } from '../rules.ts';

/** Attribute id of the channel that asynchronous events of an object go to, in every class that has it (note 0012). */
const EVENT_CHANNEL = 63;

/** ENOMEM when as many objects exist on the device as its limit of that name allows. */
export function withinLimit(object: string, limit: string): Rule<Call> {
  return {
    clause: 'limit-objects',
    apply: (call) => (call.device.counted(object) >= (call.device.model.limits[limit] ?? 0) ? ERRNO.ENOMEM : 0),
  };
}

/** EBUSY while another object uses the target; of a handle without its object nothing is used. */
export function notUsed(clause: string): Rule<Call> {
  return {
    clause,
    apply: ({ target }) => (target !== undefined && target.users > 0 && !target.gone ? ERRNO.EBUSY : 0),
  };
}

/** Makes the new object known and leaves it as the call's target, so that the front end can name it. */
export function admit(call: Call, uses: readonly Instance[], state: unknown): Instance {
  const { object, variant, space } = call.operation;
  const instance = new Instance(call.context, object, variant, uses, state);
  call.context.attach(instance, space);
  if (call.has(EVENT_CHANNEL)) instance.channel = call.channelAt(EVENT_CHANNEL);
  else instance.defaultChannel = call.context.defaultChannel;
  call.target = instance;
  return instance;
}

/** The objects a call names in these attributes, of those it gives. */
export function named(call: Call, attributes: readonly number[]): Instance[] {
  return attributes.filter((attribute) => call.has(attribute)).map((attribute) => call.instance(attribute) as Instance);
}

export function dismiss(call: Call): void {
  call.context.detach(call.target as Instance);
}

/** What becomes of the events of an object that its destroy ends: for every class that has some. */
export const FORGET_EVENTS: readonly Rule<Call>[] = [
  { clause: 'event-destroy-drops', apply: (call) => (dropUnread(call.target as Instance), 0) },
  { clause: 'event-association-ends', apply: (call) => (dissociate(call.target as Instance), 0) },
];

/** create and destroy of an object that has no state of its own. */
export function plainLifetime(object: string, limit: string): Readonly<Record<string, readonly Rule<Call>[]>> {
  return {
    [`${object}.create`]: [
      withinLimit(object, limit),
      {
        clause: `${object}-create`,
        apply: (call) => {
          admit(call, [], undefined);
          return 0;
        },
      },
    ],
    [`${object}.destroy`]: [
      notUsed(`${object}-destroy-busy`),
      {
        clause: `${object}-destroy`,
        apply: (call) => {
          dismiss(call);
          return 0;
        },
      },
    ],
  };
}
