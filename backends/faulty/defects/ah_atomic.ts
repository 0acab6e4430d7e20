/** Defects of drivers and of the core towards consumers inside the kernel. */
import type { Call } from '../../emulator/core/call.ts';
import { spend } from '../../emulator/core/consumer.ts';
import { mightSleep } from '../../emulator/core/consumer.ts';
import { Instance } from '../../emulator/core/instance.ts';
import type { Entering } from '../../emulator/kernel_consumer.ts';
import { afterwards, off, replaced, spoiled, stricter, wrongErrno, type Defect } from '../defect.ts';

const A_MINUTE = 60_000_000;

/** What a refused create names stays in use. */
function keepParts(call: Call): void {
  if (call.operation.method !== 'create') return;
  for (const { id } of call.operation.handles) {
    const named = call.has(id) ? call.objects[id] : undefined;
    if (named instanceof Instance) named.users += 1;
  }
}

export const AH_ATOMIC_DEFECTS: readonly Defect[] = [
  stricter<Call>(
    'ah-kernel',
    'EOPNOTSUPP',
    {
      story: 'The driver has no address handles for the kernel.',
      rule: 'ah-sleepable-user',
      model: 'polled',
    },
    (call) => call.consumer?.sleepable === true,
  ),
  spoiled<Call>(
    'ah-sleepable-user',
    'over-strict',
    {
      story: 'Calls of processes do not let the driver sleep.',
      model: 'ud-srd',
      also: ['ah-create', 'ah-destroy'],
    },
    (call) => {
      call.consumer ??= { atomic: false, sleepable: false, violations: 0, microseconds: 0, unanswered: 0 };
    },
  ),
  wrongErrno('ah-atomic-create', 'EAGAIN', {
    story: 'A driver that would have to sleep asks its consumer to try again.',
    model: 'ud-srd',
    also: ['ah-create-timeout', 'ah-destroy-timeout'],
  }),
  afterwards<Call>(
    'ah-atomic-create',
    {
      story: 'A driver refuses after it has taken the protection domain into use.',
      model: 'ud-srd',
      also: ['ah-create-timeout'],
    },
    keepParts,
  ),
  replaced<Call>(
    'ah-atomic-sleep',
    'off',
    { story: 'A driver sleeps for its commands whatever its consumer says.', model: 'polled' },
    () => (call) => {
      mightSleep(call);
      return 0;
    },
  ),
  spoiled<Call>(
    'ah-atomic-sleep',
    'late-event',
    {
      story: 'A driver sleeps between two looks at a device that does not answer its destroy.',
      model: 'polled',
      pipeline: 'ah.destroy',
    },
    (call) => {
      if (call.device.silent.has('ah.destroy')) mightSleep(call);
    },
  ),
  spoiled<Call>(
    'ah-atomic-bounded',
    'late-event',
    { story: 'A driver polls for a minute before it gives up.', model: 'polled' },
    (call) => {
      if (call.device.silent.size > 0) spend(call, A_MINUTE);
    },
  ),
  off('ah-create-timeout', {
    story: 'A create succeeds before the device has answered its command.',
    model: 'polled',
  }),
  wrongErrno('ah-create-timeout', 'EIO', {
    story: 'A command that is not answered is an error of the bus.',
    model: 'polled',
  }),
  afterwards<Call>(
    'ah-create-timeout',
    { story: 'A create that was not answered keeps its protection domain in use.', model: 'polled' },
    keepParts,
  ),
  off('ah-destroy-timeout', {
    story: 'A destroy that is not answered counts as done.',
    model: 'polled',
  }),
  wrongErrno('ah-destroy-timeout', 'EIO', {
    story: 'A destroy that is not answered is an error of the bus.',
    model: 'polled',
  }),
  afterwards<Call>(
    'ah-destroy-timeout',
    { story: 'An address handle whose destroy was not answered is forgotten.', model: 'polled' },
    (call) => {
      if (call.target !== undefined) call.context.detach(call.target);
    },
  ),
  spoiled<Entering>(
    'kernel-objects',
    'wrong-value',
    { story: 'The kernel keeps its objects among those of the first process.' },
    (entering) => {
      entering.context = [...entering.device.contexts].find((context) => context !== entering.own) ?? entering.own;
    },
  ),
];
