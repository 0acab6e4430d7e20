/** Opens pages of the site as a reader has set up their browser, and hears what goes wrong on them. */
import { setTimeout } from 'node:timers/promises';
import type { Browser, BrowserContext, Page } from 'playwright-core';

/** Pixels. */
const WIDTHS = { wide: 1280, narrow: 390 } as const;

export interface Setting {
  readonly theme: 'light' | 'dark';
  readonly width: keyof typeof WIDTHS;
  readonly scripts?: boolean;
}

export const SETTINGS = [
  { theme: 'light', width: 'wide' },
  { theme: 'light', width: 'narrow' },
  { theme: 'dark', width: 'wide' },
  { theme: 'dark', width: 'narrow' },
] as const satisfies readonly Setting[];

/** Milliseconds; a page that is not there by then has failed. */
const LIMIT = 30_000;

/** Milliseconds between two looks at what is underway. */
const TICK = 20;

export async function readerOf(browser: Browser, { theme, width, scripts = true }: Setting): Promise<BrowserContext> {
  const context = await browser.newContext({
    colorScheme: theme,
    viewport: { width: WIDTHS[width], height: 844 },
    javaScriptEnabled: scripts,
    reducedMotion: 'reduce',
  });
  context.setDefaultTimeout(LIMIT);
  return context;
}

/** Hears what a page should not do: complain, fail to load something, or ask for anything outside the site. */
export class Guard {
  readonly findings: string[] = [];
  #home: string;
  #underway = 0;

  /** `home` is the address of the site's first page. */
  constructor(page: Page, home: string) {
    this.#home = home;
    page.on('console', (message) => {
      if (['error', 'warning'].includes(message.type())) this.findings.push(`${message.type()}: ${message.text()}`);
    });
    page.on('pageerror', (error) => this.findings.push(`exception: ${error.message}`));
    page.on('request', (request) => {
      this.#underway += 1;
      const url = request.url();
      if (!url.startsWith(this.#home) && !/^(data|blob):/.test(url)) this.findings.push(`${url}: outside the site`);
    });
    page.on('requestfinished', () => (this.#underway -= 1));
    page.on('requestfailed', (request) => {
      this.#underway -= 1;
      // The browser drops what it was fetching ahead when the reader goes on.
      const why = request.failure()?.errorText ?? '';
      if (why !== 'net::ERR_ABORTED') this.findings.push(`${request.url()}: ${why}`);
    });
    page.on('response', (response) => {
      if (response.status() >= 400) this.findings.push(`${response.url()}: ${String(response.status())}`);
    });
  }

  /** Listens anew, for the site at another place. */
  moveTo(home: string): void {
    this.#home = home;
    this.findings.length = 0;
  }

  /** Waits until nothing is loaded any more. */
  async quiet(): Promise<void> {
    for (let still = 0, left = LIMIT / TICK; still < 3 && left > 0; left -= 1) {
      await setTimeout(TICK);
      still = this.#underway === 0 ? still + 1 : 0;
    }
  }
}

/** Loads `address` in the theme and waits until the application runs, where scripts do. */
export async function openPage(page: Page, address: string, { theme, scripts = true }: Setting): Promise<void> {
  const url = new URL(address);
  url.searchParams.set('docusaurus-theme', theme);
  await page.goto(url.href, { waitUntil: 'load' });
  if (scripts) await page.locator('html[data-has-hydrated=true]').waitFor({ state: 'attached' });
}

/** Does `work` for every item, in as many tabs at a time. */
export async function inTabs<T>(
  context: BrowserContext,
  tabs: number,
  items: readonly T[],
  work: (tab: Page, item: T, guard: Guard) => Promise<void>,
): Promise<void> {
  const left = [...items];
  const readOn = async (): Promise<void> => {
    const tab = await context.newPage();
    const guard = new Guard(tab, '');
    for (let item = left.shift(); item !== undefined; item = left.shift()) await work(tab, item, guard);
    await tab.close();
  };
  await Promise.all(Array.from({ length: tabs }, readOn));
}
