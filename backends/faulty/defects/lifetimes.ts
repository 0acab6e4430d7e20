/** Defects in creating and destroying, the same for every object that has them. */
import { ERRNO } from '../../../spec/errno.ts';
import type { Call } from '../../emulator/core/call.ts';
import { afterwards, off, replaced, type Defect } from '../defect.ts';
import { UNENDING } from './uncounted.ts';

/** Objects of a kind in one file after which a faulty create gives up. */
const FEW = 3;

/** The defects of an object called `name` in the tables, which queue pairs use. */
function lifetimeDefects(
  name: string,
  words: string,
  stricterAlso: readonly string[] = [],
  busyAlso: readonly string[] = [],
): Defect[] {
  return [
    replaced<Call>(
      `${name}-create`,
      'over-strict',
      { story: `A file gets no more than a few ${words}s.`, also: stricterAlso },
      (inner) => (call) => {
        const mine = [...call.context.instances].filter((instance) => instance.object === name);
        return mine.length >= FEW ? ERRNO.EBUSY : inner(call);
      },
    ),
    replaced<Call>(
      `${name}-destroy`,
      'off',
      {
        story: `Destroying a ${words} succeeds and does nothing.`,
        also: ['handle-destroyed', 'handle-attribute-unknown', 'limit-objects', ...UNENDING],
      },
      () => () => 0,
    ),
    off(`${name}-destroy-busy`, { story: `A ${words} can be destroyed while something uses it.`, also: busyAlso }),
    afterwards<Call>(
      `${name}-destroy-busy`,
      { story: `A ${words} whose destroy is refused is gone all the same.`, also: busyAlso },
      (call) => {
        if (call.target !== undefined) call.context.detach(call.target);
      },
    ),
  ];
}

export const LIFETIME_DEFECTS: readonly Defect[] = [
  ...lifetimeDefects(
    'pd',
    'protection domain',
    ['concurrent-close'],
    ['mr-uses-pd', 'mw-uses-pd', 'ah-uses-pd', 'mr-modify-pd'],
  ),
  ...lifetimeDefects('xrcd', 'XRC domain'),
  ...lifetimeDefects('cq', 'completion queue', ['cq-create-granted']),
  replaced<Call>(
    'cq-destroy-busy',
    'off',
    { story: 'A completion queue that is only received on counts as unused.', suffix: 'receive-side' },
    (inner) => (call) => {
      const users = [...call.context.instances].filter(
        (user) => user.uses[0]?.object === 'pd' && user.uses[1] === call.target,
      );
      return users.length > 0 ? inner(call) : 0;
    },
  ),
];
