/** What follows the fixed part of a request: as the fixed part says, and nothing but zeros behind it. Source: core/uverbs_cmd.c uverbs_request_next, uverbs_request_finish. */
import { readTail } from '../../../../spec/abi/uverbs/tail.ts';
import { ERRNO } from '../../../../spec/errno.ts';
import type { Spec } from '../../../../spec/model.ts';
import type { Rule } from '../../rules.ts';
import { coreIn } from './command_input.ts';
import { refuse } from './frame_rules.ts';
import type { Message } from './message.ts';

/** The largest logarithm of a list's length. */
const LOG_MAXIMUM = 13;

const behind = (m: Message): Uint8Array =>
  (coreIn(m) ?? new Uint8Array(0)).subarray(m.command?.command.request.bytes ?? 0);

export function tailRules(spec: Spec): readonly Rule<Message>[] {
  const pieces = (m: Message) => m.command?.command.tail ?? [];
  const read = (m: Message) => readTail(spec, m.object, pieces(m), m.carried, behind(m));
  return [
    refuse('uverbs-list-length', ERRNO.EINVAL, (m) => Number(m.carried.get('@tail_log') ?? 0) > LOG_MAXIMUM),
    refuse('uverbs-command-short', ERRNO.ENOSPC, (m) => pieces(m)[0]?.list !== undefined && !read(m).sound),
    refuse('uverbs-tail-pieces', ERRNO.EINVAL, (m) => pieces(m).length > 0 && !read(m).sound),
    refuse('uverbs-command-tail', ERRNO.EOPNOTSUPP, (m) =>
      behind(m)
        .subarray(read(m).bytes)
        .some((byte) => byte !== 0),
    ),
    {
      clause: 'uverbs-attributes-carried',
      apply: (m) => {
        if (pieces(m).length > 0) m.carried = new Map([...m.carried, ...read(m).carried]);
        return 0;
      },
    },
  ];
}
