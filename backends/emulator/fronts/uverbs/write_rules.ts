/**
 * What is looked at before a command by write is carried out, in Linux's order. Source: core/uverbs_main.c ib_uverbs_write, verify_hdr.
 * A process here has credentials of its own, as after a fork.
 */
import { O_RDONLY } from '../../../backend.ts';
import { EXTENDED_HEADER, EXTENDED_WORD, PLAIN_HEADER, PLAIN_WORD } from '../../../../spec/abi/uverbs/frame.ts';
import { COMMAND_EXTENDED, COMMAND_NUMBER } from '../../../../spec/abi/uverbs/layout.ts';
import { ERRNO } from '../../../../spec/errno.ts';
import type { Rule } from '../../rules.ts';
import type { Written } from './written.ts';

const refuse = (clause: string, errno: number, wrong: (written: Written) => boolean): Rule<Written> => ({
  clause,
  apply: (written) => (wrong(written) ? errno : 0),
});

/** DESTROY_CQ, which old libraries send too short: the kernel then reads what lies behind. */
const FORGIVEN = { word: 20, bytes: 16 };

const isForgiven = ({ word, count }: Written): boolean => word === FORGIVEN.word && count === FORGIVEN.bytes;

/** What the header counts, in bytes. */
function told({ extended, inWords, driverInWords }: Written): number {
  return extended ? EXTENDED_HEADER + (inWords + driverInWords) * EXTENDED_WORD : inWords * PLAIN_WORD;
}

export const WRITE: readonly Rule<Written>[] = [
  refuse('write-mode', ERRNO.EBADF, ({ writer }) => writer.file.opened?.mode === O_RDONLY),
  refuse(
    'write-credentials',
    ERRNO.EACCES,
    ({ writer }) => writer.file.opened?.by.privileged !== writer.process.privileged,
  ),
  refuse('write-other-process', ERRNO.EACCES, ({ writer }) => writer.file.opened?.by !== writer.process),
  refuse('write-header', ERRNO.EINVAL, ({ count }) => count < PLAIN_HEADER),
  refuse('command-bits', ERRNO.EINVAL, ({ word }) => (word & ~(COMMAND_EXTENDED | COMMAND_NUMBER)) !== 0),
  refuse('command-unknown', ERRNO.EOPNOTSUPP, ({ beyond }) => beyond),
  refuse('write-header', ERRNO.EINVAL, ({ extended, count }) => extended && count < EXTENDED_HEADER),
  refuse(
    'write-gap',
    ERRNO.EINVAL,
    (w) => w.command === undefined && w.word >= COMMAND_EXTENDED && told(w) !== w.count,
  ),
  refuse('write-length', ERRNO.EINVAL, (w) => told(w) !== w.count),
  refuse('command-unknown', ERRNO.EOPNOTSUPP, ({ command }) => command === undefined),
  refuse(
    'command-request-short',
    ERRNO.ENOSPC,
    (w) => !isForgiven(w) && w.count - w.header < (w.command?.requestMinimum ?? 0),
  ),
  refuse('write-reserved', ERRNO.EINVAL, ({ reserved }) => reserved !== 0),
  refuse(
    'write-response-pair',
    ERRNO.EINVAL,
    ({ extended, addressed, outWords, driverOutWords }) => extended && addressed !== outWords + driverOutWords > 0,
  ),
  refuse(
    'command-room-short',
    ERRNO.ENOSPC,
    ({ extended, outWords, command }) => !extended && outWords * PLAIN_WORD < (command?.responseMinimum ?? 0),
  ),
];

/** Once the command is carried out. */
export const TAKEN: readonly Rule<Written>[] = [
  { clause: 'write-count', apply: ({ writer, count }) => ((writer.taken = count), 0) },
];
