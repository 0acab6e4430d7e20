/** What a driver that registers may be called and may call things: each rule finds one kind of mistake in its names. */
import { DRIVER_BIT } from '../../spec/abi/uapi/layout.ts';
import { isName } from '../../spec/abi/uapi/text.ts';
import { ERRNO } from '../../spec/errno.ts';
import { KIND, meet, type KnownName } from './driver_names.ts';
import type { Registration } from './driver_registration.ts';
import type { Rule } from './rules.ts';

/** Whether the rows add what a name stands for. */
function isAdded({ rows }: Registration, { kind, classId, number }: KnownName): boolean {
  return rows.some((row) => {
    if (row.classId !== classId || row.operation === 'keep' || row.operation === 'unsupported') return false;
    if (kind === KIND.CLASS) return classId >= DRIVER_BIT;
    if (kind === KIND.METHOD) return row.method === number;
    return (row.attributes ?? []).some(({ id }) => id === number);
  });
}

/** What the rules look at: names before anything is put in place. */
export function namingRules(): readonly Rule<Registration>[] {
  return [
    {
      clause: 'driver-register-names',
      apply: (r) => (meet(r.given) || r.given.some(({ name }) => r.namesTaken.has(name)) ? ERRNO.EEXIST : 0),
    },
    {
      clause: 'driver-register-named',
      apply: (r) =>
        !isName(r.driver.name) || r.given.some((one) => !isName(one.name) || !isAdded(r, one)) ? ERRNO.EINVAL : 0,
    },
  ];
}
