/** Profiles: every judgement of the view model is told, with what speaks against a claim and the command that says the same. */
import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { ViewModel } from '../../runner/view_model/model.ts';
import { ROOT } from './built.ts';
import { Reader } from './reader.ts';

const { profiles, subjects } = JSON.parse(
  readFileSync(join(ROOT, 'build', 'site-data', 'model.json'), 'utf8'),
) as ViewModel;

let reader: Reader;

beforeAll(async () => {
  reader = await Reader.start();
});

afterAll(async () => {
  await reader.stop();
});

describe('the page of a profile', () => {
  it.each(profiles.map(({ id }) => id))(
    'tells every judgement and every clause that speaks against it: %s',
    async (id) => {
      const { page } = reader;
      await reader.open(`profiles/${id}/`);
      const profile = profiles.find((one) => one.id === id);
      const judged = profile?.judgements.filter(({ outcome }) => outcome !== 'not applicable') ?? [];
      const rows = page.locator('table.judgements tbody tr');
      expect(await rows.count()).toBe(judged.length);
      for (const [index, { subject, outcome, carried, against }] of judged.entries()) {
        const said = outcome !== 'met' ? outcome : carried ? 'met, a claim' : 'met, no claim';
        expect(await rows.nth(index).locator('.verdict').textContent()).toBe(said);
        const clauses = await page.locator(`[id="judged-${subject}"] li code`).allTextContents();
        expect([...clauses].sort()).toEqual(against.map(({ clause }) => clause).sort());
      }
      expect(await page.locator('main dl.index a code').count()).toBe(profile?.demands);
      expect(await page.locator('main').textContent()).toContain(profile?.digest);
      expect(reader.guard.findings).toEqual([]);
    },
  );

  it('gives the command that comes to the same', async () => {
    const { page } = reader;
    await reader.open('profiles/core/');
    const shown = page.locator('.judged').last();
    const mark = await shown.locator('.verdict').textContent();
    await shown.locator('summary').click();
    const text = (await shown.locator('.copyable code').textContent()) ?? '';
    const [, , ...args] = text.split(' ');
    const main = join(ROOT, 'build', 'runner', 'main.js');
    const { stdout } = spawnSync(process.execPath, [main, ...args], { cwd: ROOT, encoding: 'utf8' });
    expect(stdout.trimEnd().split('\n').at(-1)).toMatch(mark === 'met, no claim' ? /^met; no claim: / : /^not met/);
  });

  it('is led to from a result, whose judgement it opens at', async () => {
    const { page } = reader;
    const [first] = subjects;
    await reader.open(`results/${first?.id ?? ''}/`);
    await page.locator('.judged-list a').first().click();
    await page.locator('.judged').first().waitFor();
    expect(reader.where()).toMatch(/^profiles\/[a-z0-9.-]+\/#judged-/);
    expect(reader.guard.findings).toEqual([]);
  });
});

it('a result without a claim never looks like one with it', async () => {
  const { page } = reader;
  await reader.open('profiles/');
  const carried = profiles.flatMap(({ judgements }) => judgements).filter((one) => one.carried).length;
  expect(await page.locator('table.matrix .shape-conformant').count()).toBe(carried);
  expect(await page.locator('table.matrix tbody tr').count()).toBe(profiles.length);
});
