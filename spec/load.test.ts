import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { compileSpec } from './compile.ts';
import { temporaryProject } from './compile/temporary_project.ts';
import { loadSpec } from './load.ts';

it('reads back what the compiler made', () => {
  const root = temporaryProject();
  const file = join(root, 'spec.json');
  const { spec } = compileSpec(root);
  writeFileSync(file, JSON.stringify(spec));
  expect(loadSpec(file)).toEqual(spec);
});

it('says what to do where there is no compiled specification, or a broken one', () => {
  const root = temporaryProject({ 'half.json': '{"version": ' });
  expect(() => loadSpec(join(root, 'spec.json'))).toThrow(/spec\.json: cannot read .*; run npm run build/);
  expect(() => loadSpec(join(root, 'half.json'))).toThrow(/half\.json: is not a compiled .*; run npm run build/);
});
