/**
 * Work requests behind a request: as large as they are here, and naming no more pieces of memory than were sent.
 * A send is looked at after its queue pair was found, a receive before. Linux hands any number of them to the driver; the driver here
 * takes one a command, as the neutral call does (note 0093). Source: core/uverbs_cmd.c ib_uverbs_post_send, ib_uverbs_unmarshall_recv.
 */
import { carriedBy } from '../../../../spec/abi/uverbs/tables.ts';
import { ERRNO } from '../../../../spec/errno.ts';
import type { Rule } from '../../rules.ts';
import { refuse } from './frame_rules.ts';
import type { Message } from './message.ts';

const word = (m: Message, name: string): number => Number(m.carried.get(name) ?? 0);
const workOf = (m: Message) => m.command?.command.work;

function isReceive(m: Message): boolean {
  const work = workOf(m);
  return work !== undefined && !carriedBy(work.layout).includes('opcode');
}

const size = (concerns: (m: Message) => boolean): Rule<Message> =>
  refuse(
    'uverbs-work-size',
    ERRNO.EINVAL,
    (m) => concerns(m) && word(m, '@work_bytes') < (workOf(m)?.layout.bytes ?? 0),
  );

const pieces = (concerns: (m: Message) => boolean): Rule<Message> =>
  refuse('uverbs-work-pieces', ERRNO.EINVAL, (m) => concerns(m) && word(m, '@work_pieces') > word(m, '@piece_count'));

/** Before anything behind the request is read. */
export const WORK_FIRST: readonly Rule<Message>[] = [size(isReceive)];

/** Once all of it is read. */
export const WORK_READ: readonly Rule<Message>[] = [size(() => true), pieces(isReceive)];

/** Once the object is found. */
export const WORK_FOUND: readonly Rule<Message>[] = [
  pieces(() => true),
  refuse('uverbs-work-one', ERRNO.EINVAL, (m) => workOf(m) !== undefined && word(m, '@work_count') !== 1),
];
