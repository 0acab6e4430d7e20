/** The statements of the mails: all are there, each at an address of its own, and a reader can choose among them. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { DomUtils, parseDocument } from 'htmlparser2';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { ViewModel } from '../../runner/view_model/model.ts';
import { htmlOf, ROOT } from './built.ts';
import { Reader } from './reader.ts';

const { findAll, textContent } = DomUtils;

const { provenance, clauses } = JSON.parse(
  readFileSync(join(ROOT, 'build', 'site-data', 'model.json'), 'utf8'),
) as ViewModel;
const { statements } = provenance;

let reader: Reader;

beforeAll(async () => {
  reader = await Reader.start();
});

afterAll(async () => {
  await reader.stop();
});

const rows = '.statement';

describe('the page of statements', () => {
  it('has each of them once, without a script too, with the clauses it became', () => {
    const items = findAll((one) => one.attribs['class'] === 'statement', parseDocument(htmlOf('provenance/')).children);
    const shown = new Map(items.map((item) => [item.attribs['id'], item]));
    expect(items.length).toBe(statements.length);
    for (const { number, says, clauses: its } of statements) {
      const item = shown.get(`statement-${String(number)}`);
      const links = findAll((one) => one.name === 'a', item?.children ?? []).map((one) => one.attribs['href'] ?? '');
      const linked = links.flatMap((href) => /#([a-z].*)$/.exec(href)?.[1] ?? []).filter((id) => id in clauses);
      expect([number, linked]).toEqual([number, its.map(({ clause }) => clause)]);
      expect(item === undefined ? '' : textContent(item)).toContain(says);
    }
  });

  it('says of each clause what every result says of it', async () => {
    await reader.open('provenance/');
    const statement = statements.find(({ clauses: its }) => its.length > 0);
    const words = new Set(clauses[statement?.clauses[0]?.clause ?? '']?.verdicts.map(({ verdict }) => verdict));
    const first = reader.page.locator(`#statement-${String(statement?.number)} dd`).first();
    const said = (await first.locator('.verdict').allTextContents()).map((word) => word.replace(' ', '-'));
    expect(new Set(said)).toEqual(words);
  });

  it('shows those of one author, one kind of home and one standing, and keeps the choice in the address', async () => {
    const { page } = reader;
    await reader.open('provenance/');
    expect(await page.locator(rows).count()).toBe(statements.length);
    await page.getByLabel('Said by').selectOption('Hefty');
    const his = statements.filter(({ who }) => who.includes('Hefty'));
    await expect.poll(async () => page.locator(rows).count()).toBe(his.length);
    await page.getByLabel('Standing').selectOption('settled');
    const settled = his.filter(({ standing }) => standing === 'settled');
    await expect.poll(async () => page.locator(rows).count()).toBe(settled.length);
    await page.getByLabel('Became').selectOption('decisions');
    const decided = settled.filter(({ decisions }) => decisions.length > 0);
    await expect.poll(async () => page.locator(rows).count()).toBe(decided.length);
    expect(new URL(page.url()).search).toBe('?home=decisions&who=Hefty&standing=settled');
    await page.reload();
    await expect.poll(async () => page.locator(rows).count()).toBe(decided.length);
    expect(reader.guard.findings).toEqual([]);
  });

  it('is led to from a clause and from a decision note, at the statement', async () => {
    const { page } = reader;
    await reader.open('chapters/discovery/');
    await page.locator('section.clause[aria-labelledby=discovery-methods] summary').click();
    await page.getByRole('link', { name: 'Statement 1', exact: true }).first().click();
    await page.locator('#statement-1').waitFor();
    expect(reader.where()).toBe('provenance/#statement-1');
    await page.locator('#statement-1 a[href*="/decisions/"]').first().click();
    await page.getByRole('link', { name: 'Statement 1', exact: true }).click();
    await page.locator('#statement-1').waitFor();
    expect(reader.where()).toBe('provenance/#statement-1');
    expect(reader.guard.findings).toEqual([]);
  });

  it('is found by the search', async () => {
    const { page } = reader;
    await reader.open('');
    await page.locator('input[role=combobox]').fill('statement 12');
    await page.locator('[role=listbox] [role=option]', { hasText: 'statement 12, ' }).click();
    await page.locator('#statement-12').waitFor();
    expect(reader.where()).toBe('provenance/#statement-12');
  });
});
