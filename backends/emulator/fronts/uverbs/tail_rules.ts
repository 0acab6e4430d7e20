/** What follows the fixed part of a request: as the fixed part says, and nothing but zeros behind it. Source: core/uverbs_cmd.c uverbs_request_next, uverbs_request_finish. */
import { readTail, type ReadTail } from '../../../../spec/abi/uverbs/tail.ts';
import { readWork } from '../../../../spec/abi/uverbs/work.ts';
import { ERRNO } from '../../../../spec/errno.ts';
import type { Spec } from '../../../../spec/model.ts';
import type { Rule } from '../../rules.ts';
import { coreIn } from './command_input.ts';
import { refuse } from './frame_rules.ts';
import type { Message } from './message.ts';
import { WORK_FIRST, WORK_READ } from './work_rules.ts';

/** The largest logarithm of a list's length. */
const LOG_MAXIMUM = 13;

const behind = (m: Message): Uint8Array =>
  (coreIn(m) ?? new Uint8Array(0)).subarray(m.command?.command.request.bytes ?? 0);

export function tailRules(spec: Spec): readonly Rule<Message>[] {
  const pieces = (m: Message) => m.command?.command.tail ?? [];
  const follows = (m: Message): boolean => pieces(m).length > 0 || m.command?.command.work !== undefined;
  const read = (m: Message): ReadTail => {
    const work = m.command?.command.work;
    return work === undefined
      ? readTail(spec, m.object, pieces(m), m.carried, behind(m))
      : readWork(spec, m.object, work, m.carried, behind(m));
  };
  /** True where what follows is cut by its length, not by what it says of itself. */
  const counted = (m: Message): boolean => m.command?.command.work !== undefined || pieces(m)[0]?.list !== undefined;
  return [
    ...WORK_FIRST,
    refuse('uverbs-list-length', ERRNO.EINVAL, (m) => Number(m.carried.get('@tail_log') ?? 0) > LOG_MAXIMUM),
    refuse('uverbs-tail-short', ERRNO.ENOSPC, (m) => counted(m) && !read(m).sound),
    refuse('uverbs-tail-pieces', ERRNO.EINVAL, (m) => pieces(m).length > 0 && !read(m).sound),
    refuse('command-tail', ERRNO.EOPNOTSUPP, (m) =>
      behind(m)
        .subarray(read(m).bytes)
        .some((byte) => byte !== 0),
    ),
    {
      clause: 'uverbs-attributes-carried',
      apply: (m) => {
        if (follows(m)) m.carried = new Map([...m.carried, ...read(m).carried]);
        return 0;
      },
    },
    ...WORK_READ,
  ];
}
