/** What a machine can say about who can use the pages: WCAG 2.1, levels A and AA. */
import { AxeBuilder } from '@axe-core/playwright';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { builtPages } from './built.ts';
import { startBrowser } from './chromium.ts';
import { exampleOf, KINDS } from './kinds.ts';
import { inTabs, openPage, readerOf, SETTINGS, type Setting } from './open.ts';
import { serve, type Served } from './server.ts';

const TAGS = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa'];
const [USUAL] = SETTINGS;
const TABS = 2;
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

describe('accessibility', () => {
  it('of every page, light and wide', { timeout: 15 * MINUTES }, async () => {
    expect(await look(USUAL, builtPages())).toEqual([]);
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
