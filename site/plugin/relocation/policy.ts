/**
 * What a page may do, told to the browser: run the scripts it came with and load from its own server. Words of results,
 * which come from outside, are text wherever they are shown; should one ever get into markup, it still does not run.
 */
import { createHash } from 'node:crypto';

/** `scripts` are the texts of the scripts that stand in the page itself. */
export function policyMeta(scripts: readonly string[]): string {
  const hashes = [...new Set(scripts)].map((text) => `'sha256-${createHash('sha256').update(text).digest('base64')}'`);
  const rules = [
    "default-src 'self'",
    `script-src 'self' ${hashes.join(' ')}`,
    "style-src 'self' 'unsafe-inline'",
    "img-src 'self' data:",
    "font-src 'self' data:",
    "object-src 'none'",
    "base-uri 'none'",
    "form-action 'self'",
  ];
  return `<meta http-equiv=Content-Security-Policy content="${rules.join(';')}">`;
}
