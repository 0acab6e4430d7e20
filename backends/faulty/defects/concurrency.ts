/** Defects in what happens when calls meet, when drivers fail, and when files are closed under a call. */
import { ERRNO } from '../../../spec/errno.ts';
import { Instance } from '../../emulator/core/instance.ts';
import type { Call } from '../../emulator/core/call.ts';
import type { OpenFile } from '../../emulator/core/process.ts';
import type { QpState } from '../../emulator/classes/qp_state.ts';
import { afterwards, off, replaced, spoiled, stricter, wrongErrno, type Defect } from '../defect.ts';

/** Calls that may run at once on a device with one lock for all of them. */
const ONE = 1;

function isCreate({ operation }: Call): boolean {
  return operation.method === 'create';
}

/** An object of the call's class with nothing in it. */
function phantom({ context, operation }: Call): void {
  const { object, variant, space } = operation;
  context.attach(new Instance(context, object, variant, [], undefined), space);
}

export const CONCURRENCY_DEFECTS: readonly Defect[] = [
  off('concurrent-destroy', { story: 'An object is destroyed although a call is running that uses it.' }),
  wrongErrno('concurrent-destroy', 'EINVAL', { story: 'A destroy of an object that a call uses is a bad call.' }),
  afterwards<Call>(
    'concurrent-destroy',
    { story: 'A destroy that is refused for a running call ends the object all the same.' },
    (call) => {
      if (call.target !== undefined) call.context.detach(call.target);
    },
  ),
  off('concurrent-destroying', { story: 'An object can be used while its destroy is running.' }),
  wrongErrno('concurrent-destroying', 'ENOENT', { story: 'An object counts as gone before its destroy has returned.' }),
  replaced<Call>(
    'concurrent-destroying',
    'off',
    { story: 'An object whose destroy is running can be named in an attribute.', suffix: 'attributes' },
    (inner) => (call) => (isCreate(call) ? 0 : inner(call)),
  ),
  off('concurrent-modify', { story: 'An object is modified under a call that uses it.' }),
  off('concurrent-modifying', {
    story: 'An object can be used while it is being modified.',
    also: ['concurrent-modify-whole'],
  }),
  wrongErrno('concurrent-modifying', 'EAGAIN', { story: 'A call that meets a modify is told to try again.' }),
  afterwards<Call>(
    'concurrent-modifying',
    { story: 'A modify that is refused for another one has moved the queue pair.', also: ['concurrent-modify-whole'] },
    (call) => {
      if (call.target?.object === 'qp' && call.operation.method === 'modify') (call.target.state as QpState).state = 6;
    },
  ),
  stricter<Call>(
    'concurrent-share',
    'EBUSY',
    { story: 'Every call has what it touches alone.', rule: 'concurrent-share' },
    (call) => (call.target?.readers ?? 0) > 0 || call.operation.handles.some(({ id }) => isHeld(call, id)),
  ),
  stricter<Call>(
    'concurrent-independent',
    'EBUSY',
    {
      story: 'One call at a time runs on the whole device.',
      rule: 'concurrent-independent',
      also: ['concurrent-share', 'concurrent-create'],
    },
    (call) => call.device.running.count >= ONE,
  ),
  spoiled<Call>(
    'concurrent-create',
    'late-event',
    { story: 'An object can be found as soon as its create has begun.' },
    (call) => {
      if (isCreate(call)) phantom(call);
    },
  ),
  replaced<Call>(
    'driver-failure',
    'wrong-errno',
    { story: 'Whatever a driver fails with, the caller is told EIO.' },
    () => () => ERRNO.EIO,
  ),
  spoiled<Call>(
    'driver-failure',
    'leak',
    { story: 'A create that the driver fails keeps the objects it names in use.' },
    (call) => {
      if (isCreate(call)) for (const { id } of call.operation.handles) holdForEver(call, id);
    },
  ),
  spoiled<Call>(
    'driver-failure',
    'state-changed',
    { story: 'An object is forgotten when the driver fails to destroy it.' },
    (call) => {
      if (call.operation.method === 'destroy' && call.target !== undefined) call.context.detach(call.target);
    },
  ),
  off('concurrent-close', { story: 'Closing a file ends its context under the calls that are running.' }),
  replaced<OpenFile>(
    'concurrent-close-read',
    'off',
    { story: 'Closing the descriptor of a channel ends the channel although somebody reads.' },
    () => () => 0,
  ),
];

function isHeld(call: Call, id: number): boolean {
  return call.has(id) && ((call.objects[id] as Instance | undefined)?.readers ?? 0) > 0;
}

function holdForEver(call: Call, id: number): void {
  const named = call.has(id) ? call.objects[id] : undefined;
  if (named instanceof Instance) named.users += 1;
}
