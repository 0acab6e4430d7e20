/** Accessibility of what is only there once a reader has opened it: checks, sources, messages, the list of the search. */
import { AxeBuilder } from '@axe-core/playwright';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startBrowser } from './chromium.ts';
import { openPage, readerOf, SETTINGS } from './open.ts';
import { serve, type Served } from './server.ts';

const TAGS = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa'];

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

interface Opened {
  readonly what: string;
  readonly page: string;
  readonly open: (page: Page) => Promise<void>;
}

const OPENED: readonly Opened[] = [
  {
    what: 'the checks of a verdict',
    page: 'objects/pd/',
    open: async (page) => {
      await page.locator('button.subject').first().click();
      await page.locator('.checks li').first().waitFor();
    },
  },
  {
    what: 'sources and messages',
    page: 'objects/ah/',
    open: (page) =>
      page.evaluate(() => {
        for (const details of document.querySelectorAll('details')) details.open = true;
      }),
  },
  {
    what: 'the list of the search',
    page: 'glossary/',
    open: async (page) => {
      await page.locator('input[role=combobox]').fill('busy');
      await page.locator('[role=option] strong').first().waitFor();
      await page.keyboard.press('ArrowDown');
    },
  },
  {
    what: 'what speaks against the claim of a profile',
    page: 'profiles/verbs/',
    open: (page) =>
      page.evaluate(() => {
        for (const details of document.querySelectorAll('details')) details.open = true;
      }),
  },
  {
    what: 'a chosen transition',
    page: 'state-machines/core-rc/',
    open: (page) =>
      page
        .getByRole('button', { name: /^RTS to SQD/ })
        .first()
        .press('Enter'),
  },
];

const cases = OPENED.flatMap((opened) => SETTINGS.map((setting) => ({ ...opened, ...setting, setting })));

describe('opened', () => {
  it.each(cases)('$what, $theme and $width', async ({ page: path, open, setting }) => {
    const context = await readerOf(browser, setting);
    try {
      const page = await context.newPage();
      await openPage(page, `${served.origin}/${path}`, setting);
      await open(page);
      const { violations } = await new AxeBuilder({ page }).withTags(TAGS).analyze();
      expect(violations.flatMap(({ id, nodes }) => nodes.map(({ html }) => `${id}: ${html.slice(0, 200)}`))).toEqual(
        [],
      );
      const over = await page.evaluate(
        () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
      );
      expect(over).toBe(0);
    } finally {
      await context.close();
    }
  });
});
