import { describe, expect, it } from 'vitest';
import { readFeatures } from './run/features.ts';
import { compileSpec } from '../spec/compile.ts';
import type { Spec } from '../spec/model.ts';

const spec = compileSpec(process.cwd()).spec as Spec;

/** Ids are public: what is renamed, dropped or reworded must show in the difference of a committed file. */
describe('golden lists, made anew by `npm run golden`', () => {
  it('of clauses, each with the digest of what it says', async () => {
    const lines = Object.values(spec.clauses).map(
      ({ id, level, subject, abi, digest }) => `${digest} ${id} ${level} ${subject} ${abi.join('+')}`,
    );
    await expect(`${lines.sort((a, b) => (a.slice(17) < b.slice(17) ? -1 : 1)).join('\n')}\n`).toMatchFileSnapshot(
      'golden/clauses.txt',
    );
  });

  it('of scenario ids', async () => {
    const ids = readFeatures(process.cwd()).scenarios.map(({ id }) => id);
    await expect(`${ids.sort().join('\n')}\n`).toMatchFileSnapshot('golden/scenarios.txt');
  });
});
