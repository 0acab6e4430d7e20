/** Defects in what handles name and in what happens when a file is closed. */
import type { Call } from '../../emulator/core/call.ts';
import type { Context } from '../../emulator/core/context.ts';
import type { HandleTable } from '../../emulator/core/handle_table.ts';
import type { Instance } from '../../emulator/core/instance.ts';
import type { Message } from '../../emulator/fronts/uapi/message.ts';
import { off, replaced, spoiled, wrongErrno, type Defect } from '../defect.ts';
import { UNENDING } from './uncounted.ts';

const WRONG_HANDLE = 0x100;
/** Driver objects of one file from which on handles are given out twice. */
const ENOUGH = 11;

function table(call: Call): HandleTable<Instance> {
  return call.context.tables[call.operation.space] as HandleTable<Instance>;
}

/** Look-ups fall through to the files of others: those that this defect has seen calls of. */
function lookElsewhere(): Defect {
  const seen = new Set<Context>();
  return replaced<Message>(
    'handle-unknown',
    'wrong-value',
    {
      story: 'A handle unknown in one file is looked for in the others.',
      clauses: ['handle-context'],
      suffix: 'looks-elsewhere',
    },
    (inner) => (message) => {
      seen.add(message.context);
      const errno = inner(message);
      const space = message.operation?.space ?? -1;
      if (errno === 0 || space < 0 || message.operation?.method === 'destroy') return errno;
      for (const context of seen) {
        // Files of the system-wide node have other tables.
        if (context.device.table !== message.context.device.table) continue;
        const found = (context.tables[space] as HandleTable<Instance>).get(message.objectId);
        if (found === undefined) continue;
        message.call.target = found;
        return 0;
      }
      return errno;
    },
  );
}

/** Destroying a protection domain takes the one with the same handle in every other file with it. */
function destroysElsewhere(): Defect {
  const seen = new Set<Context>();
  const noting = spoiled<Call>('pd-create', 'state-changed', { story: 'Files are remembered.' }, (call) => {
    seen.add(call.context);
  });
  const destroying = spoiled<Call>(
    'pd-destroy',
    'state-changed',
    { story: 'A destroy takes the objects with the same handle in other files with it.' },
    (call) => {
      const handle = call.target?.handle ?? 0;
      for (const context of seen) {
        const twin = (context.tables[call.operation.space] as HandleTable<Instance>).get(handle);
        if (twin !== undefined && context !== call.context) context.detach(twin);
      }
    },
  );
  return {
    ...destroying,
    id: 'context-isolation-state-changed',
    clauses: ['context-isolation', 'plug-old-files'],
    alter: (pipelines) => destroying.alter(noting.alter(pipelines)),
  };
}

export const HANDLE_DEFECTS: readonly Defect[] = [
  spoiled<Message>(
    'handle-returned',
    'wrong-value',
    { story: 'The handle of a driver object is returned with a bit too many.', model: 'no-qp' },
    (message) => {
      if (message.operation?.creates === true && message.operation.object === 'hw_context')
        message.bytes[5] = (message.bytes[5] ?? 0) | (WRONG_HANDLE >> 8);
    },
  ),
  replaced<Call>(
    'driver-class',
    'wrong-value',
    {
      story: 'After a few objects of a file the next create returns one that exists already.',
      clauses: ['handle-unique'],
      suffix: 'given-twice',
      model: 'no-qp',
      pipeline: 'hw_context.create',
    },
    (inner) => (call) => {
      const mine = [...call.context.instances].filter((instance) => instance.object === 'hw_context');
      const errno = inner(call);
      if (errno === 0 && mine.length >= ENOUGH) call.target = mine.at(-1);
      return errno;
    },
  ),
  wrongErrno('handle-unknown', 'EINVAL', {
    story: 'Handles that name nothing are bad values.',
    also: [
      'handle-destroyed',
      'handle-context',
      'message-vectors',
      'concurrent-create',
      'share-destroyed',
      'kernel-objects',
    ],
  }),
  replaced<Call>(
    'cq-destroy',
    'off',
    {
      story: 'A destroyed completion queue still answers at its handle.',
      clauses: ['handle-destroyed', 'cq-destroy', 'handle-attribute-unknown', ...UNENDING],
      suffix: 'still-there',
    },
    (inner) => (call) => {
      const { target } = call;
      if (target !== undefined && !call.context.instances.has(target)) return 0;
      const errno = inner(call);
      if (errno === 0 && target !== undefined) table(call).add(target);
      return errno;
    },
  ),
  lookElsewhere(),
  wrongErrno('handle-attribute-unknown', 'EINVAL', {
    story: 'Handles inside attributes that name nothing are bad values.',
    also: ['rwq-ind-tbl-unknown'],
  }),
  {
    ...spoiled<Call>(
      'cq-destroy',
      'state-changed',
      {
        story: 'Destroying a completion queue takes the unused protection domain of the same number with it.',
        suffix: 'with-namesake',
      },
      (call) => {
        const space = call.device.table.spaces.indexOf('pd');
        const namesake = (call.context.tables[space] as HandleTable<Instance>).get(call.target?.handle ?? 0);
        // Not among objects of other kinds, whose preparation it would disturb.
        const alone = [...call.context.instances].every(({ object }) => object === 'pd' || object === 'cq');
        if (alone && namesake?.object === 'pd' && namesake.users === 0) call.context.detach(namesake);
      },
    ),
    clauses: ['handle-space', 'lifecycle-order'],
  },
  off('handle-qp-class', { story: 'Any queue-pair class serves any queue pair.' }),
  destroysElsewhere(),
  replaced<Context>(
    'context-close',
    'leak',
    { story: 'The doorbell page of a file that still has a queue pair is not given back at close.', suffix: 'leak' },
    (inner) => (context) => {
      if ([...context.instances].some((instance) => instance.object === 'qp')) context.device.count('doorbell page', 1);
      return inner(context);
    },
  ),
  {
    ...spoiled<Call>(
      'pd-destroy',
      'leak',
      { story: 'Destroying a protection domain leaves its translation entry behind.', suffix: 'leak' },
      (call) => {
        call.device.count('translation entry', 1);
      },
    ),
    clauses: ['context-close'],
  },
  replaced<Call>(
    'driver-class',
    'off',
    {
      story: 'Objects of driver classes cannot be destroyed before the file is closed.',
      suffix: 'undestroyable',
      model: 'no-qp',
      pipeline: 'hw_context.destroy',
      also: ['handle-destroyed', 'driver-class-room', ...UNENDING],
    },
    () => () => 0,
  ),
];
