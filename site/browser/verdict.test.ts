/** Verdicts beside their clauses: each opens to its checks, by mouse and keyboard, and what is in them stays text. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { briefVerdict, codesOf, VERDICT_WORDS } from '../plugin/verdict_codes.ts';
import { Reader } from './reader.ts';

let reader: Reader;

beforeAll(async () => {
  reader = await Reader.start();
});

afterAll(async () => {
  await reader.stop();
});

const clause = 'section.clause[aria-labelledby=pd-create]';
const hostile = '<img src=x onerror="document.title=\'owned\'"><script>document.title="owned"</script>';

describe('the verdicts of a clause', () => {
  it('are one character for each subject, and read back as they were', () => {
    const verdicts = VERDICT_WORDS.flatMap((verdict) =>
      [false, true].map((stale) => ({ subject: `${verdict} ${String(stale)}`, verdict, passed: 0, failed: 0, stale })),
    );
    const subjects = [{ id: 'silent' }, ...verdicts.map(({ subject }) => ({ id: subject }))];
    const codes = codesOf(verdicts, subjects);
    expect(codes).toHaveLength(subjects.length);
    expect(subjects.map((_, index) => briefVerdict(codes[index]))).toEqual([
      undefined,
      ...verdicts.map(({ verdict, stale }) => ({ word: verdict, stale })),
    ]);
  });

  it('stand in a row for each kind of implementation', async () => {
    const { page } = reader;
    await reader.open('objects/pd/');
    const rows = page.locator(`${clause} .verdicts > ul > li`);
    const backends = await rows.locator('.backend').allTextContents();
    expect(new Set(backends).size).toBe(backends.length);
    expect(backends.filter((text) => text.startsWith('emulator '))).toEqual(['emulator design study']);
    const models = rows.filter({ hasText: 'design study' }).locator('button.subject');
    expect(await models.count()).toBe(4);
  });
});

describe('a verdict', () => {
  it('stands in words beside the sentence, and opens to its checks with a click', async () => {
    const { page } = reader;
    await reader.open('objects/pd/');
    const verdicts = page.locator(`${clause} .verdicts`);
    expect(await verdicts.locator('.verdict').first().textContent()).toBe('conformant');
    const button = page.getByRole('button', { name: 'emulator verbs: conformant, checks' }).first();
    expect(await button.getAttribute('aria-expanded')).toBe('false');
    await button.click();
    expect(await button.getAttribute('aria-expanded')).toBe('true');
    const check = page.locator(`${clause} .checks li`).first();
    await check.waitFor();
    expect(await check.locator('dt').allTextContents()).toEqual(['expected', 'got', 'call']);
    expect(await check.locator('dd code').first().textContent()).toMatch(/^pd\.create \{length=8/);
    expect(await page.locator(`${clause} .copyable code`).first().textContent()).toMatch(
      /^npx rdma-conformance replay site\/results\/emulator\/verbs\/result\.json 'pd\//,
    );
    expect(await page.locator(`${clause} .note-study`).textContent()).toContain('design study');
    expect(reader.guard.findings).toEqual([]);
  });

  it('opens and closes with the keyboard', async () => {
    const { page } = reader;
    await reader.open('objects/pd/');
    await page.locator(`${clause} button.subject`).first().focus();
    await page.keyboard.press('Enter');
    await page.locator(`${clause} .checks li`).first().waitFor();
    await page.keyboard.press('Space');
    await expect.poll(async () => page.locator(`${clause} .evidence`).count()).toBe(0);
  });

  it('shows thousands of checks only when asked to', async () => {
    const { page } = reader;
    await reader.open('objects/qp_modify/#qp-modify-foreign');
    const its = 'section.clause[aria-labelledby=qp-modify-foreign]';
    await page.locator(its).getByRole('button', { name: 'emulator verbs: conformant, checks' }).click();
    await page.locator(`${its} .checks li`).first().waitFor();
    expect(await page.locator(`${its} .checks li`).count()).toBeLessThan(100);
    await page
      .locator(its)
      .getByRole('button', { name: /^Show the other \d+ checks$/ })
      .click();
    await expect.poll(async () => page.locator(`${its} .checks li`).count()).toBeGreaterThan(1000);
    expect(reader.guard.findings).toEqual([]);
  });

  it('never runs what a result says', async () => {
    const { page } = reader;
    const file = {
      clause: 'pd-create',
      file: hostile,
      verdict: {
        subject: 'emulator-verbs',
        verdict: 'conformant',
        passed: 1,
        failed: 0,
        stale: false,
        reason: hostile,
      },
      scenarios: [
        {
          id: `pd/${hostile}`,
          outcome: 'failed',
          reason: hostile,
          checks: [{ name: hostile, passed: false, expected: hostile, got: hostile, call: hostile, sent: hostile }],
        },
      ],
    };
    await page.route('**/evidence/emulator-verbs/pd-create.json', (route) => route.fulfill({ json: file }));
    await reader.open('objects/pd/');
    await page.locator(clause).getByRole('button', { name: 'emulator verbs: conformant, checks' }).click();
    await page.locator(`${clause} .checks li`).first().waitFor();
    expect(await page.locator(`${clause} .checks dd`).first().textContent()).toBe(hostile);
    expect(await page.locator(`${clause} .evidence-head`).textContent()).toContain(`1 of 1 checks passed; ${hostile}`);
    expect(await page.locator(`${clause} img, ${clause} script`).count()).toBe(0);
    expect(await page.title()).not.toBe('owned');
    await page.unroute('**/evidence/emulator-verbs/pd-create.json');
  });

  it('says what went wrong where its checks cannot be loaded', async () => {
    const { page } = reader;
    await page.route('**/evidence/emulator-verbs/pd-create.json', (route) => route.fulfill({ status: 404, body: '' }));
    await reader.open('objects/pd/');
    await page.locator(clause).getByRole('button', { name: 'emulator verbs: conformant, checks' }).click();
    await expect
      .poll(async () => page.locator(`${clause} .evidence`).textContent())
      .toContain('could not be loaded: 404');
    await page.unroute('**/evidence/emulator-verbs/pd-create.json');
  });
});
