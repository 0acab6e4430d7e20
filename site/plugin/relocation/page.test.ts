import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { BASE, HOST } from './marker.ts';
import { movePage } from './page.ts';

function page(head: string, body: string): string {
  return `<!doctype html><html><head><meta charset=UTF-8>${head}</head><body>${body}</body></html>`;
}

function moved(head: string, body = ''): string {
  const { text, findings } = movePage(page(head, body), '../../');
  expect(findings).toEqual([]);
  return text;
}

describe('a relocated page', () => {
  it('points into the site by relative paths, quoted or not', () => {
    const text = moved(
      `<link rel=stylesheet href=${BASE}a.css />`,
      `<a class="x" href="${BASE}b/?q=1&amp;r=2#c">b</a><a href=${BASE}>home</a><img srcset="${BASE}1.png 1x, ${BASE}2.png 2x">`,
    );
    expect(text).toContain('<link rel=stylesheet href=../../a.css />');
    expect(text).toContain('<a class="x" href="../../b/?q=1&amp;r=2#c">b</a><a href=../../>home</a>');
    expect(text).toContain('<img srcset="../../1.png 1x, ../../2.png 2x">');
  });

  it('says nothing of a host', () => {
    const text = moved(
      `<link data-rh=true rel=canonical href=${HOST}${BASE}x/ /><meta property=og:url content="${HOST}${BASE}" />` +
        `<link rel=alternate hreflang=en href=${HOST}${BASE} /><title>t</title>` +
        `<script type=application/ld+json>{"item":"${HOST}${BASE}x"}</script>`,
    );
    expect(text).toMatch(/<\/script><title>t<\/title><\/head>/);
  });

  it('allows the scripts it came with and no others', () => {
    const text = moved('<script>a<b</script>', '<script src=./x.js></script>');
    const hash = createHash('sha256').update('a<b').digest('base64');
    expect(text).toMatch(/^<!doctype html><html><head><meta charset=UTF-8><meta http-equiv=Content-Security-Policy /);
    expect(/script-src ([^;]*)/.exec(text)?.[1]).toMatch(/^'self' 'sha256-[^']+' 'sha256-[^']+'$/);
    expect(text).toContain(`'sha256-${hash}'`);
  });

  it.each([
    ['text', '', `<p>${BASE}</p>`],
    ['an attribute that is no address', '', `<p data-x="${BASE}">`],
    ['a script in the page', '', `<script>x="${BASE}"</script>`],
    ['a link with the host', '', `<a href="${HOST}${BASE}x/">x</a>`],
    ['a picture for other sites', `<meta property=x content="at ${HOST}">`, ''],
  ])('cannot have the made-up place in %s', (_what, head, body) => {
    const html = page(head, body);
    const { findings } = movePage(html, './');
    expect(findings.length).toBeGreaterThan(0);
    for (const { offset } of findings) expect(html.slice(offset)).toMatch(/^(?:https:\/\/example\.invalid|\/rdma)/);
  });
});
