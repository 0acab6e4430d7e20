import { expect, it } from 'vitest';
import { packageRoot } from '../../spec/compile/files.ts';
import { projectSpec } from '../../spec/project_spec.ts';
import { readFeatures } from '../run/features.ts';

it('every function of libibverbs that makes a call has a scenario that makes it', () => {
  const ids = readFeatures(packageRoot()).scenarios.map(({ id }) => id);
  const tried = (name: string): boolean =>
    ids.some((id) => id.startsWith('libibverbs/') && id.endsWith(`-${name.replaceAll('_', '-')}`));
  const calling = projectSpec().library.filter(({ calls }) => calls.uapi.length + calls.uverbs.length > 0);
  expect(calling).toHaveLength(33);
  expect(calling.map((fn) => fn.function).filter((name) => !tried(name))).toEqual([]);
});
