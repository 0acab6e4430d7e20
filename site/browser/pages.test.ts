/** Every page of the site, each as the first one a reader opens. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Browser } from 'playwright-core';
import { builtPages } from './built.ts';
import { startBrowser } from './chromium.ts';
import { inTabs, openPage, readerOf, type Setting } from './open.ts';
import { serve, type Served } from './server.ts';

/** Bytes on the wire, compressed as usual, without what the browser fetches ahead. */
const LIMIT = 300_000;
const TABS = 3;
const MINUTES = 60_000;

let browser: Browser;
let served: Served;

beforeAll(async () => {
  served = await serve({ depth: 1 });
  browser = await startBrowser();
});

afterAll(async () => {
  await browser.close();
  await served.close();
});

interface Weight {
  readonly page: string;
  readonly wire: number;
  readonly whole: number;
}

/** Visits every page at a place of its own, so that nothing is cached. */
async function visitAll(
  setting: Setting,
  look: (page: string, findings: readonly string[]) => void,
): Promise<Weight[]> {
  const context = await readerOf(browser, setting);
  const weights: Weight[] = [];
  const visits = builtPages().map((page, index) => ({ page, place: `/${setting.width}${String(index)}/` }));
  await inTabs(context, TABS, visits, async (tab, { page, place }, guard) => {
    guard.moveTo(`${served.origin}${place}`);
    await openPage(tab, `${served.origin}${place}${page}`, setting);
    await guard.quiet();
    const over = await tab.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
    look(page, over > 0 ? [...guard.findings, `${String(over)} px too wide`] : [...guard.findings]);
    const sent = served.sentBelow(place).filter(({ ahead }) => !ahead);
    const sum = (pick: 'wire' | 'whole'): number => sent.reduce((total, one) => total + one[pick], 0);
    weights.push({ page, wire: sum('wire'), whole: sum('whole') });
  });
  await context.close();
  return weights;
}

describe.each(['wide', 'narrow'] as const)('every page, on a %s screen', (width) => {
  it(
    'loads from its server alone, without a complaint, no wider than the screen, below 300 kB',
    { timeout: 10 * MINUTES },
    async () => {
      const told: string[] = [];
      const weights = await visitAll({ theme: 'light', width }, (page, findings) => {
        told.push(...findings.map((finding) => `${page}: ${finding}`));
      });
      expect(told).toEqual([]);
      expect(weights.length).toBe(builtPages().length);
      const [heaviest] = weights.sort((a, b) => b.wire - a.wire);
      console.info(`heaviest page, ${width}: ${JSON.stringify(heaviest)}`);
      expect(weights.filter(({ wire }) => wire === 0 || wire > LIMIT)).toEqual([]);
    },
  );
});
