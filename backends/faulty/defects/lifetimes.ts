/** Defects in creating and destroying, the same for every object that has them. */
import { ERRNO } from '../../../spec/errno.ts';
import type { Call } from '../../emulator/core/call.ts';
import { afterwards, off, replaced, spoiled, type Defect } from '../defect.ts';
import { UNENDING } from './uncounted.ts';

/** Objects of a kind in one file after which a faulty create gives up. */
const FEW = 3;

/** Clauses that break beside those of the object, where creates are refused, destroys do nothing, or use counts are ignored. */
interface Also {
  readonly create?: readonly string[];
  readonly stays?: readonly string[];
  readonly busy?: readonly string[];
}

/** The defects of an object called `name` in the tables, which others use. */
export function lifetimeDefects(name: string, words: string, also: Also = {}): Defect[] {
  const { create = [], stays = ['handle-destroyed', 'handle-attribute-unknown', 'limit-objects'], busy = [] } = also;
  const id = name.replaceAll('_', '-');
  return [
    replaced<Call>(
      `${id}-create`,
      'over-strict',
      { story: `A file gets no more than a few ${words}s.`, also: create },
      (inner) => (call) => {
        const mine = [...call.context.instances].filter((instance) => instance.object === name);
        return mine.length >= FEW ? ERRNO.EBUSY : inner(call);
      },
    ),
    replaced<Call>(
      `${id}-destroy`,
      'off',
      {
        story: `Destroying a ${words} succeeds and does nothing.`,
        also: [...stays, ...UNENDING],
      },
      () => () => 0,
    ),
    off(`${id}-destroy-busy`, { story: `A ${words} can be destroyed while something uses it.`, also: busy }),
    afterwards<Call>(
      `${id}-destroy-busy`,
      { story: `A ${words} whose destroy is refused is gone all the same.`, also: busy },
      (call) => {
        if (call.target !== undefined) call.context.detach(call.target);
      },
    ),
  ];
}

/** A new object does not count as using anything, so that what it uses can be destroyed under it. */
export function unheld(create: string, clause: string, story: string): Defect {
  const made = spoiled<Call>(create, 'off', { story }, (call) => {
    for (const used of call.target?.uses ?? []) used.users -= 1;
  });
  return { ...made, id: `${clause}-off`, clauses: [clause] };
}

export const LIFETIME_DEFECTS: readonly Defect[] = [
  ...lifetimeDefects('pd', 'protection domain', {
    create: ['concurrent-close'],
    busy: ['mr-uses-pd', 'mw-uses-pd', 'ah-uses-pd', 'mr-modify-pd', 'srq-uses', 'wq-uses', 'driver-uses'],
  }),
  ...lifetimeDefects('xrcd', 'XRC domain', { busy: ['srq-uses'] }),
  ...lifetimeDefects('cq', 'completion queue', { create: ['cq-create-granted'], busy: ['srq-uses', 'wq-uses'] }),
  replaced<Call>(
    'cq-destroy-busy',
    'off',
    {
      story: 'A completion queue that is only received on counts as unused.',
      suffix: 'receive-side',
      also: ['srq-uses'],
    },
    (inner) => (call) => {
      const users = [...call.context.instances].filter(
        (user) => user.uses[0]?.object === 'pd' && user.uses[1] === call.target,
      );
      return users.length > 0 ? inner(call) : 0;
    },
  ),
];
