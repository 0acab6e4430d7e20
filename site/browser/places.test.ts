/** The site at different places, behind different servers: it must be the same everywhere. */
import type { Browser, BrowserContext } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startBrowser } from './chromium.ts';
import { exampleOf } from './kinds.ts';
import { Guard, openPage, readerOf, type Setting } from './open.ts';
import { serve, type ServeOptions } from './server.ts';

const TIMEOUT = { timeout: 120_000 };
const SETTING: Setting = { theme: 'light', width: 'wide' };

let browser: Browser;

beforeAll(async () => {
  browser = await startBrowser();
});

afterAll(async () => {
  await browser.close();
});

/** Serves the site while `work` looks at it. */
async function at(
  options: ServeOptions,
  work: (context: BrowserContext, origin: string) => Promise<void>,
  setting = SETTING,
): Promise<void> {
  const served = await serve(options);
  const context = await readerOf(browser, setting);
  try {
    await work(context, served.origin);
  } finally {
    await context.close();
    await served.close();
  }
}

const deep = exampleOf('object');

describe('a place', TIMEOUT, () => {
  it.each([
    ['the root', 0, '/'],
    ['a folder', 1, '/rdma/'],
    ['a folder further down', 3, '/a/b/c/'],
    ['a folder with spaces and letters beyond ASCII', 2, '/a%20b/%C3%A9~+@/'],
  ])('can be %s: one reads, follows links and comes back', async (_what, depth, place) => {
    await at({ depth }, async (context, origin) => {
      const page = await context.newPage();
      const guard = new Guard(page, `${origin}${place}`);
      await openPage(page, `${origin}${place}${deep}`, SETTING);
      // A link that goes by the address of the page would lead astray once the application has gone to another.
      expect(await page.locator('a[href^="."]').count()).toBe(0);
      const title = await page.locator('h1').first().textContent();
      await page.locator('nav a.navbar__brand').click();
      await page.waitForURL(`${origin}${place}`);
      const home = await page.locator('h1').first().textContent();
      expect(home).not.toBe(title);
      // What is left of the frame of the first page leads into the site from here too.
      const hrefs = await page.locator('a').evaluateAll((all) => all.map((one) => (one as HTMLAnchorElement).href));
      const own = hrefs.filter((href) => href.startsWith(origin));
      expect(own.length).toBeGreaterThan(1);
      expect(own.filter((href) => !href.startsWith(`${origin}${place}`))).toEqual([]);
      await page.goBack();
      await expect.poll(() => page.locator('h1').first().textContent()).toBe(title);
      await page.reload();
      expect(await page.locator('h1').first().textContent()).toBe(title);
      expect(guard.findings).toEqual([]);
    });
  });

  it.each(['redirect', 'show'] as const)(
    'may have a server that answers a folder without slash by: %s',
    async (slash) => {
      await at({ depth: 1, slash }, async (context, origin) => {
        for (const address of ['/rdma', `/rdma/${deep.slice(0, -1)}`, `/rdma/${deep}index.html`, '/rdma/index.html']) {
          const page = await context.newPage();
          const guard = new Guard(page, origin);
          await openPage(page, `${origin}${address}`, SETTING);
          expect(new URL(page.url()).pathname, address).toMatch(/^\/rdma\/(.*\/)?$/);
          // What the browser guessed before the address was put right is no fault of the page.
          expect(guard.findings.filter((finding) => !/: 404|status of 404/.test(finding))).toEqual([]);
          await page.close();
        }
      });
    },
  );

  it('may be read without scripts', async () => {
    const setting = { ...SETTING, scripts: false };
    await at(
      { depth: 2 },
      async (context, origin) => {
        const page = await context.newPage();
        const guard = new Guard(page, `${origin}/a/b/`);
        await openPage(page, `${origin}/a/b/${deep}`, setting);
        const title = await page.locator('h1').first().textContent();
        const font = await page.locator('body').evaluate((body) => getComputedStyle(body).fontFamily);
        expect(font).not.toMatch(/^"?Times/);
        await page.locator('nav a.navbar__brand').click();
        await page.waitForURL(`${origin}/a/b/`);
        expect(await page.locator('h1').first().textContent()).not.toBe(title);
        expect(guard.findings).toEqual([]);
      },
      setting,
    );
  });

  it('says so where there is no such page, at any depth', async () => {
    await at({ depth: 1 }, async (context, origin) => {
      const page = await context.newPage();
      const answer = await page.goto(`${origin}/rdma/no/such/page/`);
      expect(answer?.status()).toBe(404);
      expect(await page.locator('h1').textContent()).toBe('No such page');
    });
  });
});
