/** Defects in how the rows of drivers are judged and laid over the common operations. */
import type { Call } from '../../emulator/core/call.ts';
import type { Registration } from '../../emulator/driver_registration.ts';
import { off, replaced, spoiled, wrongErrno, type Defect } from '../defect.ts';

/** The slot of the driver's first attribute. */
const FIRST_SLOT = 64;
const CQ = 5;
const QUERY = 1;

export const DRIVER_DEFECTS: readonly Defect[] = [
  replaced<Registration>(
    'driver-override',
    'off',
    { story: 'Operations of the driver that refuse are not put in place.' },
    (inner) => (registration) => {
      const before = new Map(registration.merged);
      const errno = inner(registration);
      for (const row of registration.rows) {
        const common = before.get(registration.keyOf(row));
        if (row.operation === 'refuse' && common !== undefined)
          registration.merged.set(registration.keyOf(row), common);
      }
      return errno;
    },
  ),
  spoiled<Registration>(
    'driver-override',
    'state-changed',
    { story: 'A driver that replaces modify replaces destroy with it.' },
    (registration) => {
      for (const row of registration.rows)
        if (row.operation === 'refuse' && row.method === 2) registration.serve({ ...row, method: 3 });
    },
  ),
  {
    ...spoiled<Registration>(
      'driver-unsupported',
      'wrong-value',
      { story: 'A row that keeps the query of completion queues takes it away.' },
      (registration) => {
        for (const row of registration.rows)
          if (row.operation === 'keep' && row.classId === CQ && row.method === QUERY)
            registration.merged.delete(registration.keyOf(row));
      },
    ),
    id: 'driver-keep-wrong-value',
    clauses: ['driver-keep'],
  },
  off('driver-unsupported', { story: 'What a driver takes away stays.' }),
  off('driver-method', { story: 'Methods that a driver adds are not put in place.' }),
  spoiled<Call>(
    'driver-attribute',
    'wrong-value',
    { story: "Nothing comes back in the driver's attributes." },
    (call) => {
      call.outNumbers.fill(0, FIRST_SLOT);
    },
  ),
  spoiled<Call>('driver-uses', 'off', { story: 'What objects of drivers use is not counted.' }, (call) => {
    for (const used of call.target?.uses ?? []) used.users -= 1;
  }),
  wrongErrno('driver-create-flags', 'EINVAL', { story: 'A flag without support is a bad value.', model: 'ud-srd' }),
  off('driver-register-twice', { story: 'Of two rows for one method the later wins.' }),
  wrongErrno('driver-register-twice', 'EBUSY', { story: 'Two rows for one method are busy.' }),
  off('driver-register-name', { story: 'A device takes the name of another one.' }),
  off('driver-register-range', { story: 'Drivers add what they like under any number.' }),
  wrongErrno('driver-register-range', 'EEXIST', { story: 'Foreign numbers are refused as though they were taken.' }),
  off('driver-register-nothing', { story: 'A row that keeps or takes away nothing is passed over.' }),
  off('driver-register-interface', { story: 'A driver can replace the interface.' }),
];
