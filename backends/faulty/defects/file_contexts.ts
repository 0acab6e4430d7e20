/** Defects of files of `uverbs` and of the queries that only it has: contexts, lists of handles, GIDs. */
import { O_RDONLY } from '../../backend.ts';
import type { Flagging } from '../../emulator/core/sharing.ts';
import type { Message } from '../../emulator/fronts/uverbs/message.ts';
import { off, replaced, spoiled, stricter, wrongErrno, type Defect } from '../defect.ts';

const CONTEXTS: readonly Defect[] = [
  stricter<Message>(
    'open-mode',
    'EBADF',
    {
      story: 'A file that is open for reading takes no ioctl.',
      rule: 'request-foreign',
      pipeline: 'uverbs/frame',
    },
    ({ call }) => call.origin?.file?.opened?.mode === O_RDONLY,
  ),
  replaced<Flagging>(
    'open-close-on-exec',
    'wrong-value',
    { story: 'The descriptor of the device is close-on-exec whatever its owner says.' },
    (inner) => (flagging) => (flagging.descriptor.file.channel === undefined ? 0 : inner(flagging)),
  ),
  off('context-once', { story: 'A second context takes the place of the first.' }),
  off('context-first', { story: 'A file has a context from the start.' }),
  spoiled<Message>(
    'uverbs-context-opened',
    'wrong-value',
    { story: 'The channel that comes with a context is inherited by what is executed.' },
    ({ command, call, handle }) => {
      const descriptor = call.process?.descriptors.get(handle);
      if (command?.command.opensContext === true && descriptor !== undefined) descriptor.closeOnExec = false;
    },
  ),
];

const HANDLES: readonly Defect[] = [
  replaced<Message>(
    'info-handles',
    'wrong-value',
    { story: 'The list has the objects of all types.' },
    () => (message) => {
      message.answers.handles = [...message.context.instances].map(({ handle }) => handle);
      return 0;
    },
  ),
  off('info-handles-room', { story: 'The number told is that of all objects, whatever room there is.' }),
  off('info-handles-list', { story: 'A list of any length is cut to whole handles.' }),
  wrongErrno('info-handles-unknown', 'EPROTONOSUPPORT', { story: 'A type nobody has is a method nobody has.' }),
  off('info-handles-range', { story: 'A number of more than sixteen bits is a type nobody has.' }),
];

const GIDS: readonly Defect[] = [
  spoiled<Message>(
    'gid-table',
    'wrong-value',
    { story: 'The last GID is left out.', also: ['gid-entry-empty'] },
    ({ answers }) => {
      answers.gids = answers.gids.slice(0, -1);
    },
  ),
  off('gid-table-room', { story: 'As many GIDs as there is room for are listed.' }),
  wrongErrno('gid-table-entry-size', 'ENOSPC', { story: 'Entries that do not fit are too large.' }),
  spoiled<Message>(
    'gid-table-entry-cut',
    'wrong-value',
    { story: 'A larger entry ends in what was there.' },
    ({ answers }) => {
      for (const entry of answers.entries) entry.fill(0xff, Math.min(entry.length, 32));
    },
  ),
  wrongErrno('gid-entry-port', 'ENODEV', { story: 'A port that is none is no device.' }),
  wrongErrno('gid-entry-index', 'ENODATA', { story: 'What is beyond the table is empty.' }),
  off('gid-entry-empty', { story: 'An empty entry is a GID of zeros.', also: ['gid-table'] }),
  off('gid-flags', { story: 'Flags that mean nothing are not looked at.' }),
];

export const FILE_CONTEXT_DEFECTS: readonly Defect[] = [...CONTEXTS, ...HANDLES, ...GIDS].map((made) =>
  made.id.startsWith('uverbs-context-opened')
    ? { ...made, abi: 'uverbs', id: 'context-command-wrong-value', clauses: ['context-command'] }
    : { ...made, abi: 'uverbs' },
);
