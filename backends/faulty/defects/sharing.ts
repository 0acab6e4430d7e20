/** Defects of contexts in several processes. */
import { ERRNO } from '../../../spec/errno.ts';
import { Channel } from '../../emulator/core/channel.ts';
import { Context } from '../../emulator/core/context.ts';
import { openFile, type OpenFile } from '../../emulator/core/process.ts';
import type { Fork, Passing } from '../../emulator/core/sharing.ts';
import type { Message } from '../../emulator/fronts/uapi/message.ts';
import { off, replaced, spoiled, type Defect } from '../defect.ts';

const FIRST_HANDLE = 1;

/** A file of the same device with nothing in it. */
function emptied({ context }: OpenFile): OpenFile {
  const { device, privileged, tables } = context;
  const fresh = new Context(device, privileged, tables.length, false, FIRST_HANDLE);
  device.contexts.add(fresh);
  return openFile(fresh);
}

/** The same channel with a queue of its own. */
function copied({ context, channel }: OpenFile): OpenFile {
  const copy = new Channel(channel?.kind ?? 'async_event', context);
  copy.records = [...(channel?.records ?? [])];
  return openFile(context, copy);
}

/** Puts other files under the numbers of a child. */
function exchange(fork: Fork, change: (file: OpenFile) => OpenFile | undefined): void {
  for (const [fd, { file, closeOnExec }] of [...fork.child.descriptors]) {
    const other = change(file);
    if (other === undefined) continue;
    file.references -= 1;
    fork.child.take(fd, other, closeOnExec);
  }
}

export const SHARING_DEFECTS: readonly Defect[] = [
  spoiled<Fork>(
    'share-context',
    'wrong-value',
    {
      story: 'A child starts with a context of its own.',
      pipeline: 'process.fork',
      also: ['share-destroyed', 'share-close'],
    },
    (fork) => {
      exchange(fork, (file) => (file.channel === undefined ? emptied(file) : undefined));
    },
  ),
  replaced<Passing>(
    'share-context',
    'wrong-value',
    {
      story: 'A process that receives a descriptor starts with a context of its own.',
      pipeline: 'file.pass',
      suffix: 'received',
      clauses: ['share-context', 'share-destroyed', 'share-close', 'share-numbers'],
    },
    (inner) => (passing) => {
      if (passing.file.channel !== undefined) return inner(passing);
      passing.fd = passing.to.install(emptied(passing.file), false);
      return 0;
    },
  ),
  off('share-close', { story: 'The first process that closes its descriptor ends the context of all.' }),
  {
    ...spoiled<Fork>(
      'share-context',
      'wrong-value',
      { story: 'A child gets a copy of the events that wait.', pipeline: 'process.fork' },
      (fork) => {
        exchange(fork, (file) => (file.channel === undefined ? undefined : copied(file)));
      },
    ),
    id: 'share-events-wrong-value',
    clauses: ['share-events', 'share-flags'],
  },
  {
    ...replaced<Message>(
      'fd-attribute',
      'wrong-value',
      { story: 'A number of a descriptor is looked up in the process that made the channel.' },
      (inner) => (message) => (inner(message) === 0 ? 0 : nameByMaker(message)),
    ),
    id: 'share-numbers-wrong-value',
    clauses: ['share-numbers'],
  },
  spoiled<Fork>(
    'share-flags',
    'wrong-value',
    { story: 'Descriptors that a child inherits lose close-on-exec.', pipeline: 'process.fork' },
    ({ child }) => {
      for (const descriptor of child.descriptors.values()) descriptor.closeOnExec = false;
    },
  ),
  spoiled<Passing>(
    'share-flags',
    'wrong-value',
    { story: 'Descriptors that are received close on exec.', pipeline: 'file.pass', suffix: 'received' },
    ({ to, fd }) => {
      const descriptor = to.descriptors.get(fd);
      if (descriptor !== undefined) descriptor.closeOnExec = true;
    },
  ),
  off('share-mapping', { story: 'A child starts with no mapping at all.' }),
];

/** Puts the channel into the call that had the number when it was made. */
function nameByMaker({ call, context, operation }: Message): number {
  for (const slot of operation?.handles ?? []) {
    if (slot.kind !== 'fd' || !call.has(slot.id)) continue;
    const made = [...context.instances].find(
      ({ object, handle }) => object === slot.object && handle === call.numbers[slot.id],
    );
    if (made === undefined) return ERRNO.EBADF;
    call.objects[slot.id] = made.state as Channel;
  }
  return 0;
}
