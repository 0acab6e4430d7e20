import { describe, expect, it } from 'vitest';
import { compileSpec } from '../../spec/compile.ts';
import { packageRoot } from '../../spec/compile/files.ts';
import { ERRNO } from '../../spec/errno.ts';
import type { Report } from '../backend.ts';
import { emulator } from './backend.ts';
import { FIRST_DEVICE } from './devices.ts';

const PATH = { port: 1, dlid: 2 };

interface Mood {
  readonly atomic: boolean;
  readonly sleepable: boolean;
}

/** What a create of an address handle by a consumer inside the kernel reports. */
async function created(model: string, mood: Mood, silent = false): Promise<Report> {
  const { spec } = compileSpec(packageRoot());
  if (spec === undefined) throw new Error('the specification does not compile');
  const backend = emulator({ spec, model, seed: 1, abi: 'uapi' });
  const call = { action: 'kernel_call', device: FIRST_DEVICE, method: 'create' } as const;
  const pd = await backend.control({ ...call, atomic: false, sleepable: true, object: 'pd', attributes: {} });
  const attributes = { pd: pd.ok ? (pd.value['handle'] ?? 0) : 0, path_ib: PATH };
  if (silent)
    await backend.control({ action: 'stall', device: FIRST_DEVICE, object: 'ah', method: 'create', point: 'hardware' });
  const made = await backend.control({ ...call, ...mood, object: 'ah', attributes });
  if (!made.ok) throw new Error('the control is refused');
  return made.value;
}

const MOODS: readonly Mood[] = [
  { atomic: false, sleepable: true },
  { atomic: false, sleepable: false },
  { atomic: true, sleepable: false },
  { atomic: true, sleepable: true },
];

describe('a consumer inside the kernel', () => {
  it('is noticed where it lets a driver sleep and may not itself, if the driver does', async () => {
    for (const [model, sleeps] of [
      ['verbs', 0],
      ['polled', 1],
      ['ud-srd', 1],
    ] as const) {
      const violations = [];
      for (const mood of MOODS) violations.push((await created(model, mood))['violations']);
      expect([model, ...violations]).toEqual([model, 0, 0, 0, sleeps]);
    }
  });

  it('is told what the driver can do where it may not sleep', async () => {
    const atomic = { atomic: true, sleepable: false };
    const errnos = [];
    for (const model of ['verbs', 'polled', 'ud-srd']) errnos.push((await created(model, atomic))['errno']);
    expect(errnos).toEqual([0, 0, ERRNO.EOPNOTSUPP]);
    expect(await created('polled', atomic, true)).toMatchObject({
      errno: ERRNO.ETIMEDOUT,
      microseconds: 8_000_000,
      unanswered: 1,
    });
    expect(await created('verbs', atomic, true)).toMatchObject({ errno: 0, microseconds: 0, unanswered: 0 });
  });
});
