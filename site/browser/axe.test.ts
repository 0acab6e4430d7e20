/** What a machine can say about who can use the pages: WCAG 2.1, levels A and AA. */
import { AxeBuilder } from '@axe-core/playwright';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { builtPages, htmlOf } from './built.ts';
import { startBrowser } from './chromium.ts';
import { exampleOf, KINDS } from './kinds.ts';
import { inTabs, openPage, readerOf, SETTINGS, type Setting } from './open.ts';
import { serve, type Served } from './server.ts';

const TAGS = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa'];
const [USUAL] = SETTINGS;
const TABS = 2;
/** Pages of one kind are drawn by the same code, so that some of each say what all do; `AXE_EVERY=1` looks at every page. */
const OF_A_KIND = process.env['AXE_EVERY'] === '1' ? Infinity : 6;
const MINUTES = 60_000;

let browser: Browser;
let served: Served;

beforeAll(async () => {
  served = await serve({ depth: 0 });
  browser = await startBrowser();
});

afterAll(async () => {
  await browser.close();
  await served.close();
});

/** One line for each element that breaks a rule. */
async function broken(tab: Page, page: string): Promise<string[]> {
  const { violations } = await new AxeBuilder({ page: tab })
    .options({ resultTypes: ['violations'] })
    .withTags(TAGS)
    .analyze();
  return violations.flatMap(({ id, nodes }) => nodes.map(({ html }) => `/${page} ${id}: ${html.slice(0, 200)}`));
}

/** Looks at pages in one setting and gives all that is broken on them. */
async function look(setting: Setting, pages: readonly string[]): Promise<readonly string[]> {
  const context = await readerOf(browser, setting);
  const found: string[] = [];
  await inTabs(context, TABS, pages, async (tab, page) => {
    await openPage(tab, `${served.origin}/${page}`, setting);
    found.push(...(await broken(tab, page)));
  });
  await context.close();
  return found.sort();
}

/** Pages of every kind, the longest among them, and the others evenly by their length. */
function ofEveryKind(): readonly string[] {
  return KINDS.flatMap(({ pages }) => {
    const all = builtPages().filter((page) => pages.test(page));
    const byLength = all
      .map((page) => ({ page, length: htmlOf(page).length }))
      .sort((a, b) => b.length - a.length)
      .map(({ page }) => page);
    const step = Math.max(1, byLength.length / OF_A_KIND);
    return byLength.filter((_, index) => Math.floor(index / step) !== Math.floor((index - 1) / step));
  });
}

describe('accessibility', () => {
  it('of pages of every kind, light and wide', { timeout: 15 * MINUTES }, async () => {
    const pages = ofEveryKind();
    expect(pages.length).toBeGreaterThan(KINDS.length);
    expect(await look(USUAL, pages)).toEqual([]);
  });

  it.each(SETTINGS.filter((setting) => setting !== USUAL))(
    'of a page of every kind, $theme and $width',
    { timeout: 10 * MINUTES },
    async (setting) => {
      const examples = KINDS.map(({ name }) => exampleOf(name));
      expect(await look(setting, examples)).toEqual([]);
    },
  );
});
