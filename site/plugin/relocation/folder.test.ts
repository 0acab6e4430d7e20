import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { relocateFolder } from './folder.ts';
import { BASE, HOST } from './marker.ts';

let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'relocation-'));
});

afterEach(() => {
  rmSync(folder, { recursive: true });
});

function page(body: string): string {
  return `<!doctype html><html><head><meta charset=UTF-8></head><body><h1 id=top>x</h1>${body}</body></html>`;
}

/** A site of two pages, with `more` files in place of its own or beside them. */
function site(more: Readonly<Record<string, string>> = {}): void {
  const files = {
    'index.html': page(
      `<a href=${BASE}a/b/#top>b</a><a href="https://elsewhere.example/">e</a><script src=${BASE}js/r.js>`,
    ),
    'a/b/index.html': page(`<a href=${BASE}>home</a><a href=#top>top</a>`),
    'js/r.js': `n.p="${BASE}"`,
    'css/x.css': `a{background:url(${BASE}i.png)}`,
    'i.png': '\u0089PNG',
    ...more,
  };
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), text);
  }
}

const read = (path: string): string => readFileSync(join(folder, path), 'utf8');

describe('a relocated folder', () => {
  it('is relative throughout', () => {
    site();
    relocateFolder(folder, '/home/x/site');
    expect(read('index.html')).toContain('<a href=./a/b/#top>');
    expect(read('a/b/index.html')).toContain('<a href=../../>home</a>');
    expect(read('css/x.css')).toBe('a{background:url(../i.png)}');
    expect(read('js/r.js')).toMatch(/\("\.\.\/"\);\nn\.p=/);
  });

  it('says that there is no such page in words that need nothing else', () => {
    site({ '404.html': page(`<script src=${BASE}js/r.js></script>`) });
    relocateFolder(folder, '/home/x/site');
    expect(read('404.html')).toContain('No such page');
    expect(read('404.html')).not.toMatch(/href="(?!data:)|src=|url\(/);
  });

  it.each<[string, Record<string, string>, RegExp]>([
    ['a file of another kind that names the place', { 'x.json': `["${BASE}"]` }, /x\.json:2: \/rdma-conf/],
    ['a script that names it in a comment', { 'js/s.js': `/*${BASE}*/` }, /js\/s\.js:2: /],
    ['a style sheet that names the host', { 'css/x.css': `a{b:url(${HOST}/i.png)}` }, /css\/x\.css:8: /],
    ['no script that sets the path of the others', { 'js/r.js': '' }, /no script sets the path/],
    ['a link to no page', { 'c/index.html': page(`<a href=${BASE}d/>`) }, /c\/index\.html:\d+: \.\.\/d\/: there is no/],
    ['a link to no anchor', { 'c/index.html': page(`<a href=${BASE}a/b/#x>`) }, /a\/b\/index\.html has no such anchor/],
    ['a link to no anchor of the page', { 'c/index.html': page('<a href=#x>') }, /c\/index\.html has no such anchor/],
    ['a link without its last slash', { 'c/index.html': page(`<a href=${BASE}a/b>`) }, /lacks the slash/],
    ['a link out of the site', { 'c/index.html': page('<a href=../../x/>') }, /leads out of the site/],
    ['a link from the root of the host', { 'c/index.html': page('<a href=/x/>') }, /begins with a slash/],
    ['a link that is a script', { 'c/index.html': page('<a href=" JavaScript:x">') }, /javascript: are not allowed/],
    ['a script of another site', { 'c/index.html': page('<script src=//x.example/y.js>') }, /begins with a slash/],
    ['a font of another site', { 'c/index.html': page('<link href=https://x.example/y.css>') }, /loaded from outside/],
    ['a folder of the machine', { 'js/s.js': 'a="/home/x/site/y.json"' }, /js\/s\.js:3: \/home\/x\/site\/ is a folder/],
    ['a page that was not rendered', { 'c/index.html': page('').replace(/<h1.*h1>/, '') }, /it was not rendered/],
  ])('fails on %s and changes nothing', (_what, files, words) => {
    site(files);
    expect(() => {
      relocateFolder(folder, '/home/x/site');
    }).toThrow(words);
    expect(read('css/x.css')).toContain('url(');
    expect(read('a/b/index.html')).toContain(BASE);
  });

  it('names no more findings than one reads', () => {
    site({ 'x.txt': `${BASE} `.repeat(100) });
    expect(() => {
      relocateFolder(folder, '/home/x/site');
    }).toThrow(/and 80 more$/);
  });
});
