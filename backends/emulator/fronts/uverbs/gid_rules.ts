/** DEVICE.QUERY_GID_TABLE and QUERY_GID_ENTRY. Source: core/uverbs_std_types_device.c; core/cache.c rdma_query_gid_table, rdma_get_gid_attr. */
import { ERRNO } from '../../../../spec/errno.ts';
import type { Rule } from '../../rules.ts';
import { isOpen } from './contexts.ts';
import { refuse } from './frame_rules.ts';
import { GID_BYTES, entriesOf, entryAt, gidBytes } from './gids.ts';
import type { Message } from './message.ts';
import { numberOf, writeOut } from './native_io.ts';

const U32_MAX = 0xffffffffn;

const sizeOf = (m: Message): number => Number(numberOf(m, 'ENTRY_SIZE'));
const roomOf = (m: Message): number => m.given.get('RESP_ENTRIES')?.length ?? 0;

/** Common to both, in front of everything else. */
const FLAGS = refuse('gid-flags', ERRNO.EINVAL, (m) => numberOf(m, 'FLAGS') !== 0n);
const CONTEXT = refuse('context-first', ERRNO.EINVAL, (m) => !isOpen(m.context));
const GONE = refuse('uverbs-removed', ERRNO.EIO, (m) => m.context.device.removed);

export const GID_TABLE: readonly Rule<Message>[] = [
  FLAGS,
  refuse('gid-table-entry-size', ERRNO.EINVAL, (m) => sizeOf(m) === 0 || roomOf(m) % sizeOf(m) !== 0),
  refuse('gid-table-room', ERRNO.EINVAL, (m) => roomOf(m) === 0),
  GONE,
  CONTEXT,
  { clause: 'gid-table', apply: (m) => ((m.answers.gids = entriesOf(m.context.device)), 0) },
  refuse('gid-table-room', ERRNO.EINVAL, (m) => m.answers.gids.length > roomOf(m) / sizeOf(m)),
  {
    clause: 'gid-table-entry-cut',
    apply: (m) => {
      const size = sizeOf(m);
      m.answers.entries = m.answers.gids.map((entry) => {
        const bytes = new Uint8Array(size);
        bytes.set(gidBytes(entry).subarray(0, size));
        return bytes;
      });
      return 0;
    },
  },
  {
    clause: 'output-written',
    apply: (m) => {
      const { entries } = m.answers;
      const all = new Uint8Array(entries.length * sizeOf(m));
      for (const [index, bytes] of entries.entries()) all.set(bytes, index * sizeOf(m));
      const count = new Uint8Array(BigUint64Array.of(BigInt(entries.length)).buffer);
      return writeOut(m, 'RESP_ENTRIES', all) || writeOut(m, 'RESP_NUM_ENTRIES', count);
    },
  },
];

export const GID_ENTRY: readonly Rule<Message>[] = [
  FLAGS,
  refuse('gid-entry-port', ERRNO.EINVAL, (m) => numberOf(m, 'PORT') > U32_MAX),
  refuse('gid-entry-index', ERRNO.EINVAL, (m) => numberOf(m, 'GID_INDEX') > U32_MAX),
  GONE,
  CONTEXT,
  refuse('gid-entry-port', ERRNO.EINVAL, (m) => portOf(m) === undefined),
  refuse('gid-entry-index', ERRNO.EINVAL, (m) => numberOf(m, 'GID_INDEX') >= (portOf(m)?.gids ?? 0)),
  refuse('gid-entry-empty', ERRNO.ENODATA, (m) => entryOf(m) === undefined),
  {
    clause: 'output-written',
    apply: (m) => {
      const entry = entryOf(m);
      const room = new Uint8Array(Math.max(GID_BYTES, m.given.get('RESP_ENTRY')?.length ?? 0));
      if (entry !== undefined) room.set(gidBytes(entry));
      return writeOut(m, 'RESP_ENTRY', room);
    },
  },
];

const portOf = (m: Message) => m.context.device.model.ports[Number(numberOf(m, 'PORT')) - 1];
const entryOf = (m: Message) =>
  entryAt(m.context.device, Number(numberOf(m, 'PORT')), Number(numberOf(m, 'GID_INDEX')));
