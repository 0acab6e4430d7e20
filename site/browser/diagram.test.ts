/** The state machines: a transition chosen by mouse or keyboard, in the diagram or the table, shows what it takes. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Reader } from './reader.ts';

let reader: Reader;

beforeAll(async () => {
  reader = await Reader.start();
});

afterAll(async () => {
  await reader.stop();
});

async function bits(kind: 'required' | 'optional' | 'refused'): Promise<string[]> {
  return reader.page.locator(`.bits-${kind} code`).allTextContents();
}

async function heading(): Promise<string | null> {
  return reader.page.locator('.move-facts h2').textContent();
}

describe('a state machine', () => {
  it('shows a transition that is clicked on, with attributes and verdicts, and names it in the address', async () => {
    const { page } = reader;
    await reader.open('state-machines/core-rc/');
    await page.locator('svg.machine [role=button][aria-label^="INIT to RTR"] .head').click();
    await expect.poll(heading).toBe('INIT to RTR');
    expect(await bits('required')).toEqual([
      'AV',
      'PATH_MTU',
      'RQ_PSN',
      'MIN_RNR_TIMER',
      'MAX_DEST_RD_ATOMIC',
      'DEST_QPN',
    ]);
    expect(await bits('optional')).toEqual(['ACCESS_FLAGS', 'PKEY_INDEX', 'ALT_PATH']);
    expect(await bits('refused')).toContain('QKEY');
    expect(decodeURIComponent(reader.where())).toBe('state-machines/core-rc/#INIT->RTR');
    expect(await page.locator('.seen li').count()).toBeGreaterThan(0);
    expect(await page.locator('svg.machine [aria-pressed=true]').getAttribute('aria-label')).toMatch(/^INIT to RTR/);
    expect(reader.guard.findings).toEqual([]);
  });

  it.each(['Enter', 'Space'])('takes the keyboard: %s', async (key) => {
    const { page } = reader;
    await reader.open('state-machines/core-ud/');
    await page.locator('svg.machine [role=button][aria-label^="RTR to RTS"]').focus();
    await page.keyboard.press(key);
    await expect.poll(heading).toBe('RTR to RTS');
    expect(await bits('required')).toEqual(['SQ_PSN']);
  });

  it('says of a pair that is no transition that it is refused, and by which clause', async () => {
    const { page } = reader;
    await reader.open('state-machines/core-rc/');
    await page.getByRole('button', { name: 'RESET to RTS, refused' }).click();
    await expect.poll(heading).toBe('RESET to RTS');
    expect(await page.locator('.move-facts').textContent()).toContain('qp-modify-illegal');
    expect(await page.locator('.seen li').count()).toBeGreaterThan(0);
  });

  it('opens at the transition an address names, and keeps it from type to type', async () => {
    const { page } = reader;
    await reader.open('state-machines/core-rc/#RTS->SQD');
    await expect.poll(heading).toBe('RTS to SQD');
    await page.locator('.pills a', { hasText: /^UD$/ }).click();
    await expect.poll(async () => page.locator('h1').textContent()).toBe('UD queue pairs');
    expect(await heading()).toBe('RTS to SQD');
  });
});
