/** A reader at the served site for tests of what one does on a page: one tab, whose guard must have found nothing at the end. */
import type { Browser, BrowserContext, Page } from 'playwright-core';
import { startBrowser } from './chromium.ts';
import { Guard, openPage, readerOf, type Setting } from './open.ts';
import { serve, type Served } from './server.ts';

const SETTING: Setting = { theme: 'light', width: 'wide' };

export class Reader {
  readonly page: Page;
  readonly guard: Guard;
  readonly #browser: Browser;
  readonly #served: Served;
  readonly #context: BrowserContext;
  readonly #home: string;

  private constructor(browser: Browser, served: Served, context: BrowserContext, page: Page) {
    this.#browser = browser;
    this.#served = served;
    this.#context = context;
    this.page = page;
    this.#home = `${served.origin}/some/place/`;
    this.guard = new Guard(page, this.#home);
  }

  static async start(): Promise<Reader> {
    const served = await serve({ depth: 2 });
    const browser = await startBrowser();
    const context = await readerOf(browser, SETTING);
    return new Reader(browser, served, context, await context.newPage());
  }

  /** `path` below the first page of the site. */
  async open(path: string): Promise<void> {
    this.guard.findings.length = 0;
    await openPage(this.page, `${this.#home}${path}`, SETTING);
  }

  /** Path and fragment of where the reader is, below the first page. */
  where(): string {
    const { pathname, search, hash, origin } = new URL(this.page.url());
    return `${origin}${pathname}${search}${hash}`.slice(this.#home.length);
  }

  async stop(): Promise<void> {
    await this.#context.close();
    await this.#browser.close();
    await this.#served.close();
  }
}
