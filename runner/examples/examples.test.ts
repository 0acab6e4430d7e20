/** The messages that chapters show are those that scenarios sent and emulators answered; made anew by `npm run golden`. */
import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { abiOf } from '../../spec/abi/registry.ts';
import { withPart } from '../../spec/compile/generated_part.ts';
import { projectSpec } from '../../spec/project_spec.ts';
import { ROOT } from '../project.ts';
import type { Recorded } from './record.ts';
import { exampleText, isNamed } from './text.ts';
import { wantedIn, type Wanted } from './wanted.ts';

const spec = projectSpec();
const TIMEOUT = 120_000;
const pages = spec.chapters
  .map(({ file }) => ({ file, page: readFileSync(join(ROOT, file), 'utf8') }))
  .map(({ file, page }) => ({ file, page, wanted: wantedIn(file, page) }))
  .filter(({ wanted }) => wanted.length > 0);

function recorded(): Recorded {
  const all = pages.flatMap(({ wanted }) => wanted);
  const of = (abi: Wanted['abi']) => [...new Set(all.flatMap((one) => (one.abi === abi ? [one.scenario] : [])))];
  const script = join(ROOT, 'build', 'runner', 'examples', 'record.js');
  const args = [script, JSON.stringify({ uapi: of('uapi'), uverbs: of('uverbs') })];
  const options = { encoding: 'utf8', timeout: TIMEOUT, maxBuffer: 1 << 28 } as const;
  const { status, stdout, stderr } = spawnSync(process.execPath, args, options);
  expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
  return JSON.parse(stdout) as Recorded;
}

function textOf(file: string, { name, scenario, abi: id, call, nth }: Wanted, all: Recorded): string {
  const trace = all[id][scenario];
  if (trace === undefined) throw new Error(`${file}: ${name}: no such scenario passes on an emulator`);
  const abi = abiOf(spec, id);
  const made = trace.filter((line) => isNamed(call, line, abi));
  const line = made[nth - 1];
  if (line === undefined)
    throw new Error(`${file}: ${name}: the scenario makes ${String(made.length)} calls of that name`);
  return `\`\`\`\n# ${scenario}, ${id}\n${exampleText(call, line, abi)}\n\`\`\``;
}

describe('the messages that chapters show', () => {
  it('are those of scenarios', { timeout: TIMEOUT }, async () => {
    const all = recorded();
    expect(pages.length).toBeGreaterThan(0);
    for (const { file, page, wanted } of pages) {
      const written = wanted.reduce((text, one) => withPart(text, one.name, textOf(file, one, all)), page);
      await expect(written).toMatchFileSnapshot(join(ROOT, file));
    }
  });

  it('are asked for in one form', () => {
    const line = '<!-- example pd/x#y uapi pd.create 1: written by `npm run golden` -->';
    expect(wantedIn('c.md', `a\n${line}\n`)).toEqual([
      { name: 'example pd/x#y uapi pd.create 1', scenario: 'pd/x#y', abi: 'uapi', call: 'pd.create', nth: 1 },
    ]);
    expect(() => wantedIn('c.md', `${line}\n\n<!-- example pd/x#y pd.create -->\n`)).toThrow(/^c\.md:3: an example is/);
  });
});
