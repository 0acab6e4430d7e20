/** Words of scenarios that come from the spec: queue-pair types, states, damages, objects. */
import { defineParameterType } from '@cucumber/cucumber';
import { DAMAGE_NAMES } from '../../spec/abi/damage_names.ts';
import type { Kind } from '../client/kinds.ts';

/** Objects as scenarios call them -> names in the tables. */
const OBJECT_WORDS: Readonly<Record<string, string>> = {
  'protection domain': 'pd',
  'completion queue': 'cq',
  'XRC domain': 'xrcd',
  'queue pair': 'qp',
  'hardware context': 'hw_context',
  'memory region': 'mr',
  'memory window': 'mw',
  'device memory': 'dm',
  'address handle': 'ah',
  'shared receive queue': 'srq',
  'work queue': 'wq',
  'indirection table': 'rwq_ind_tbl',
  'flow rule': 'flow',
  'counter set': 'counters',
  'connection id': 'cm_id',
  'completion channel': 'comp_channel',
  'asynchronous event channel': 'async_event',
  'event channel': 'event_channel',
};

/** The table name of an object as scenarios call it. */
export function objectOf(words: string): string {
  const object = OBJECT_WORDS[words];
  if (object === undefined)
    throw new RangeError(`no object is called ${words}; there are ${Object.keys(OBJECT_WORDS).join(', ')}`);
  return object;
}

defineParameterType({
  name: 'object',
  // Longer words first: an asynchronous event channel is more than an event channel.
  regexp: new RegExp(
    Object.keys(OBJECT_WORDS)
      .toSorted((a, b) => b.length - a.length)
      .join('|'),
  ),
  transformer: (words: string) => words,
});

/** Another one of the same file, and one of the second file, have a word before their name. */
defineParameterType({
  name: 'channel',
  regexp: /(?:other |far )?(?:completion channel|asynchronous event channel|event channel)/,
  transformer: (words: string) => words,
});
/** What an event can be about. */
defineParameterType({
  name: 'matter',
  regexp:
    /the device|port \d+|the (?:other )?(?:completion queue|queue pair|shared receive queue|work queue|hardware context)/,
  transformer: (words: string) => words,
});
/** Names of events in the order they arrive; `nothing` stands for none. */
defineParameterType({
  name: 'events',
  regexp: /(?:nothing|[A-Z][A-Z_]+)(?:, (?:nothing|[A-Z][A-Z_]+))*/,
  transformer: (words: string) => words,
});

const TYPES = /RC|UC|UD|RAW_PACKET|XRC_INI|XRC_TGT|DRIVER/;
const QUEUE_PAIR = new RegExp(`^(${TYPES.source}) queue pair$`);
/** An object, or a queue pair with its type. */
defineParameterType({
  name: 'kind',
  regexp: new RegExp(
    `(?:${TYPES.source}) queue pair|${Object.keys(OBJECT_WORDS)
      .filter((words) => words !== 'queue pair')
      .toSorted((a, b) => b.length - a.length)
      .join('|')}`,
  ),
  transformer: (words: string): Kind => {
    const [, variant] = QUEUE_PAIR.exec(words) ?? [];
    return { name: words, object: objectOf(variant === undefined ? words : 'queue pair'), variant };
  },
});
defineParameterType({
  name: 'type',
  regexp: TYPES,
  transformer: (name: string) => name,
});
defineParameterType({ name: 'state', regexp: /RESET|INIT|RTR|RTS|SQD|SQE|ERR/, transformer: (name: string) => name });
defineParameterType({
  name: 'damage',
  regexp: new RegExp(DAMAGE_NAMES.toSorted((a, b) => b.length - a.length).join('|')),
  transformer: (name: string) => name,
});
// Who takes work requests, and which of its queues.
defineParameterType({
  name: 'target',
  regexp: /other queue pair|queue pair|shared receive queue/,
  transformer: (words: string) => words,
});
defineParameterType({
  name: 'queue',
  regexp: /sends?|receives?/,
  transformer: (words: string): 'send' | 'receive' => (words.startsWith('send') ? 'send' : 'receive'),
});
defineParameterType({ name: 'clause', regexp: /[a-z]+(?:-[a-z]+)+/, transformer: (id: string) => id });
defineParameterType({
  name: 'method',
  regexp: /create|query|modify|destroy|query_class|query_method/,
  transformer: (name: string) => name,
});
