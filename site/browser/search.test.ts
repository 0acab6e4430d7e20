/** The search: what is looked for by id, errno, attribute or word is found, by mouse and by keyboard. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Reader } from './reader.ts';

let reader: Reader;

beforeAll(async () => {
  reader = await Reader.start();
});

afterAll(async () => {
  await reader.stop();
});

const field = 'input[role=combobox]';
const rows = '[role=listbox] [role=option]';

async function lookFor(words: string): Promise<string[]> {
  const { page } = reader;
  await page.locator(field).fill(words);
  await page.locator(rows).first().waitFor();
  await expect.poll(async () => page.locator(rows).last().textContent()).toMatch(/^\d+ found$|^Nothing found$/);
  return page.locator(`${rows} strong`).allTextContents();
}

describe('the search', () => {
  it.each([
    ['a clause by its id', 'qp-modify-required', 'qp-modify-required'],
    ['a clause by a part of its id', 'modify-req', 'qp-modify-required'],
    ['an errno', 'EOPNOTSUPP', 'EOPNOTSUPP'],
    ['an attribute', 'max_cqe', 'device.max_cqe'],
    ['a clause by words of its sentence', 'lacks attribute table requires', 'qp-modify-required'],
    ['an event', 'SQ_DRAINED', 'SQ_DRAINED'],
    ['a term', 'handle space', 'handle space'],
  ])('finds %s', async (_what, words, title) => {
    await reader.open('');
    expect(await lookFor(words)).toContain(title);
    expect(reader.guard.findings).toEqual([]);
  });

  it('says so where nothing is found', async () => {
    await reader.open('');
    await reader.page.locator(field).fill('zzzzzz');
    await expect.poll(async () => reader.page.locator(rows).last().textContent()).toBe('Nothing found');
  });

  it('goes to what is chosen with the keyboard, and closes with Escape', async () => {
    const { page } = reader;
    await reader.open('glossary/');
    const found = await lookFor('qp-modify-required');
    await page.keyboard.press('Escape');
    expect(await page.locator('[role=listbox]').isVisible()).toBe(false);
    for (let step = 0; step <= found.indexOf('qp-modify-required'); step += 1) await page.keyboard.press('ArrowDown');
    expect(await page.locator(`${rows}[aria-selected=true]`).textContent()).toContain('qp-modify-required');
    await page.keyboard.press('Enter');
    await page.locator('#qp-modify-required').waitFor();
    expect(reader.where()).toBe('objects/qp_modify/#qp-modify-required');
    expect(reader.guard.findings).toEqual([]);
  });

  it('goes to what is chosen with the mouse, and lists everything on a page of its own', async () => {
    const { page } = reader;
    await reader.open('objects/pd/');
    await lookFor('EBUSY');
    await page.locator(rows).last().click();
    await page.locator('ul.found li').first().waitFor();
    expect(reader.where()).toBe('search/?q=EBUSY');
    await page.locator('ul.found a', { hasText: /^EBUSY$/ }).click();
    await page.locator('#errno-EBUSY').waitFor();
    expect(reader.where()).toBe('indexes/#errno-EBUSY');
    expect(reader.guard.findings).toEqual([]);
  });
});
