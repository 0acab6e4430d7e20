/** The page of results: a reader chooses which subjects stand side by side. */
import { afterAll, beforeAll, expect, it } from 'vitest';
import { Reader } from './reader.ts';

let reader: Reader;

beforeAll(async () => {
  reader = await Reader.start();
});

afterAll(async () => {
  await reader.stop();
});

it('shows the results of one ABI alone, in both tables, and all of them again', async () => {
  const { page } = reader;
  await reader.open('results/');
  const rows = page.locator('table.subjects tbody tr');
  const columns = page.locator('table.matrix').last().locator('thead th');
  const byProfile = page.locator('table.matrix').first().locator('thead th');
  const all = await rows.count();
  expect(await columns.count()).toBe(all + 1);
  await page.getByLabel('ABI').selectOption('uapi');
  await expect.poll(async () => rows.count()).toBeLessThan(all);
  const some = await rows.count();
  expect(await columns.count()).toBe(some + 1);
  expect(await byProfile.count()).toBe(some + 1);
  expect(new Set(await rows.locator('td:first-of-type code').allTextContents())).toEqual(new Set(['uapi']));
  expect(await page.locator('.subject-filter [role=status]').textContent()).toBe(
    `${String(some)} of ${String(all)} results`,
  );
  await page.getByLabel('ABI').selectOption('all');
  await expect.poll(async () => rows.count()).toBe(all);
  expect(reader.guard.findings).toEqual([]);
});
