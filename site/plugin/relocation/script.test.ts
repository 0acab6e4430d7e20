import { runInNewContext } from 'node:vm';
import { describe, expect, it } from 'vitest';
import { BASE, HOST } from './marker.ts';
import { moveScript } from './script.ts';

/** Runs a relocated script as a page below `address` would and gives what it leaves in `result`. */
function run(code: string, address = 'https://host.example/a/b/assets/js/x.js'): unknown {
  const { text, findings } = moveScript(`n={};n.p=${JSON.stringify(BASE)};${code}`, '../../');
  expect(findings).toEqual([]);
  expect(text).not.toContain(BASE);
  const { origin } = new URL(address);
  const document = { currentScript: { src: address }, querySelectorAll: () => [] };
  const context: Record<string, unknown> = { URL, document, location: { origin }, matchPath: undefined };
  runInNewContext(text, context);
  return JSON.parse(JSON.stringify(context.result));
}

/** The words about a script that cannot be moved, with their offsets. */
function refused(code: string): readonly string[] {
  return moveScript(code, './').findings.map(({ offset, words }) => `${String(offset)} ${words}`);
}

describe('a relocated script', () => {
  it.each([
    ['a string', `result = "${BASE}x" + '${BASE}y'`, '/a/b/x/a/b/y'],
    ['several in one string', `result = "${BASE}x ${BASE}y"`, '/a/b/x /a/b/y'],
    ['a key', `result = { "${BASE}x": 1, a: 2 }`, { '/a/b/x': 1, a: 2 }],
    ['a computed key', `result = { ["${BASE}x"]: 1 }`, { '/a/b/x': 1 }],
    ['a template', `const y = 1; result = \`q\${y} ${BASE}x\${y}\\n\``, 'q1 /a/b/x1\n'],
    ['what is escaped', `result = "${BASE}\\"\\u0041\\n"`, '/a/b/"A\n'],
    ['text parsed as JSON', `result = JSON.parse('{"a":["${BASE}x"]}')`, { a: ['/a/b/x'] }],
    ['the host', `result = ["${HOST}", "${HOST}${BASE}x"]`, ['https://host.example', 'https://host.example/a/b/x']],
    ['a case', `switch ("/a/b/x") { case "${BASE}x": result = 1 }`, 1],
    ['the path of the bundler', 'result = n.p', '/a/b/'],
  ])('%s', (_what, code, expected) => {
    expect(run(code)).toEqual(expected);
  });

  it('is left alone where it names nothing', () => {
    const code = 'var a="/x/rdma-conformance-base-24d.json",b=`${a}`';
    expect(moveScript(code, './')).toEqual({ text: code, findings: [], first: false });
  });

  it('works at the root of a host', () => {
    expect(run(`result = "${BASE}x"`, 'http://127.0.0.1:8000/assets/js/x.js')).toBe('/x');
  });

  it('escapes a place with unusual letters for who reads it', () => {
    const address = 'http://h/a%20%22b%22/c:d(e)%C3%A9$&/assets/js/x.js';
    const base = '/a "b"/c:d(e)é$&/';
    expect(run(`result = "${BASE}x"`, address)).toBe(`${base}x`);
    expect(run(`result = JSON.parse('{"a":"${BASE}x"}')`, address)).toEqual({ a: `${base}x` });
    const route = `result = { path: "${BASE}x", component: 1, exact: true }`;
    expect(run(route, address)).toMatchObject({ path: '/a "b"/c\\:d\\(e\\)é$&/x' });
    expect(run(`result = { path: "${BASE}x", label: 1 }`, address)).toMatchObject({ path: `${base}x` });
  });

  it('works in a worker, which has no document', () => {
    const { text } = moveScript(`n={};n.p="${BASE}";result=n.p`, '../../');
    const context: Record<string, unknown> = { URL, location: new URL('http://h/s/assets/js/w.js') };
    runInNewContext(text, context);
    expect(context.result).toBe('/s/');
  });
});

describe('a script that cannot be moved is refused', () => {
  it.each([
    ['a longer name', '1;a="/rdma-conformance-base"', /^5 .*cannot be made relative/],
    ['a tagged template', `a\`${BASE}\``, /^2 /],
    ['a regular expression', String.raw`/^\/rdma-conformance-base\//.test(a)`, /^3 /],
    ['a comment', `/* ${BASE} */`, /^3 /],
    ['an import', `import "${BASE}x.js"`, /^8 /],
    ['a directive', `"${BASE}"`, /^1 /],
    ['a string with the stand-in', `a="/~/ ${BASE}"`, /^7 /],
    ['what is no script', `a = = "${BASE}"`, /^4 Unexpected token/],
  ])('%s', (_what, code, words) => {
    expect(refused(code)).toEqual([expect.stringMatching(words)]);
  });
});
