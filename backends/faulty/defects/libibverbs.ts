/** Defects that programs written for libibverbs 1.0 meet. What else breaks them stands with other clauses, in further.ts. */
import type { Message } from '../../emulator/fronts/uapi/message.ts';
import type { Message as Ioctl } from '../../emulator/fronts/uverbs/message.ts';
import { replaced, stricter, type Defect } from '../defect.ts';

const WRITTEN = 2;
const FLAGS_AT = 4;
/** Attribute ids of spec/objects/srq.yaml. */
const MAX_SGE = 6;

export const LIBIBVERBS_DEFECTS: readonly Defect[] = [
  replaced<Message>(
    'output-written',
    'wrong-value',
    {
      story: 'A query of a shared receive queue does not tell how many pieces a work request can have.',
      clauses: ['libibverbs-values', 'srq-query', 'output-written', 'limit-granted', 'srq-create-granted'],
      suffix: 'libibverbs-values',
    },
    (inner) => (message) => {
      const errno = inner(message);
      const { object, method } = message.call.operation;
      for (let i = 0; object === 'srq' && method === 'query' && i < message.count; i += 1) {
        const at = message.offsets[i] ?? 0;
        if (message.idAt(i) !== MAX_SGE) continue;
        message.bytes[at + FLAGS_AT] = (message.bytes[at + FLAGS_AT] ?? 0) & ~WRITTEN;
      }
      return errno;
    },
  ),
  {
    ...stricter<Ioctl>(
      'libibverbs-effect',
      'EOPNOTSUPP',
      {
        story: 'Inside a message, queue pairs are moved by the extended command alone.',
        rule: 'command-unknown',
        also: ['command-same'],
        pipeline: 'uverbs/command',
        suffix: 'plain-modify',
      },
      ({ command }) => command?.command.name === 'modify_qp',
    ),
    abi: 'uverbs',
  },
];
