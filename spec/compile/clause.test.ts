import { describe, expect, it } from 'vitest';
import { collector, formatProblem, type Problem } from '../problem.ts';
import { compileClause } from './clause.ts';
import { parseMarkdown } from './markdown.ts';

const LIST = ['subject: core', 'abi: uapi, uverbs', 'errno: EINVAL', 'basis: agreed', 'source: a-mail'];

/** Compiles one clause with the given sentence and list; sources known are `a-mail` and `verbs.c`. */
function compile(sentence: string, list: readonly string[] = LIST, id = 'call-refused') {
  const problems: Problem[] = [];
  const report = collector(problems);
  const text = `# T\n### \`${id}\`\n\n${sentence}\n\n${list.map((item) => `- ${item}\n`).join('')}`;
  const clauses = parseMarkdown('c.md', text, report).clauses;
  const compiled = clauses.map((one) => compileClause(one, 'c', new Set(['a-mail', 'verbs.c']), report));
  return { clause: compiled[0], problems: problems.map(formatProblem) };
}

/** The list with the item of one key replaced, or left out. */
function withItem(key: string, item?: string): string[] {
  return [...LIST.filter((one) => !one.startsWith(`${key}:`)), ...(item === undefined ? [] : [item])];
}

const SENTENCE = 'The core **must** refuse a bad call.';

describe('a clause', () => {
  it('compiles with everything it can have', () => {
    const list = [
      'subject: driver',
      'abi: uverbs, uapi',
      'errno: uverbs EPROTONOSUPPORT, uapi EBUSY or ENOENT because the order is free',
      'basis: shipped',
      'source: verbs.c ib_modify_qp_is_ok, line 7; a-mail',
      'since: 4.14',
      'until: 6.12',
      'not testable: because nobody can see it',
      'withdrawn: replaced by another',
    ];
    const { clause, problems } = compile('The core **must** refuse\na call with `**a. B**`.', list);
    expect(problems).toEqual([]);
    expect(clause).toEqual({
      id: 'call-refused',
      chapter: 'c',
      sentence: 'The core must refuse a call with `**a. B**`.',
      level: 'must',
      subject: 'driver',
      abi: ['uapi', 'uverbs'],
      errno: { uapi: ['EBUSY', 'ENOENT'], uverbs: ['EPROTONOSUPPORT'] },
      errnoReason: 'the order is free',
      basis: 'shipped',
      sources: [
        { key: 'verbs.c', detail: 'ib_modify_qp_is_ok, line 7' },
        { key: 'a-mail', detail: '' },
      ],
      since: '4.14',
      until: '6.12',
      notTestable: 'nobody can see it',
      withdrawn: 'replaced by another',
      place: { file: 'c.md', line: 2, column: 5 },
      digest: clause?.digest,
    });
  });

  it.each([
    ['must', 'It **must** do so.', 'must'],
    ['must not', 'It **must not** do so.', 'must not'],
    ['should', 'It **should** do so.', 'should'],
    ['may', 'It **may** do so.', 'may'],
    ['is observed to', 'It **is observed to** do so, e.g. RC and i.e. Everything.', 'observed'],
  ])('has the level %s', (_, sentence, level) => {
    const { clause, problems } = compile(sentence);
    expect(problems).toEqual([]);
    expect(clause?.level).toBe(level);
  });

  it('gives one errno to every ABI of its own', () => {
    expect(compile(SENTENCE).clause?.errno).toEqual({ uapi: ['EINVAL'], uverbs: ['EINVAL'] });
    expect(compile(SENTENCE, withItem('abi', 'abi: uapi')).clause?.errno).toEqual({ uapi: ['EINVAL'] });
  });

  it('may point to the errno of other clauses in words', () => {
    const { clause, problems } = compile(SENTENCE, withItem('errno', 'errno: of the earlier phase'));
    expect(problems).toEqual([]);
    expect(clause).not.toHaveProperty('errno');
  });

  it('needs an errno where it demands a refusal, and only there', () => {
    const demand = /demands a refusal and names no errno/;
    const without = withItem('errno');
    expect(compile(SENTENCE, without).problems).toEqual([expect.stringMatching(demand)]);
    expect(compile('It **must** be refused.', without).problems).toEqual([expect.stringMatching(demand)]);
    expect(compile('A refused create **must** leave no object.', without).problems).toEqual([]);
    expect(compile('It **must** list what it does not refuse.', without).problems).toEqual([]);
    expect(compile('It **should** refuse that.', without).problems).toEqual([]);
  });

  it.each([
    ['no level', 'The core refuses a call.', /exactly one of .* this one has none/],
    ['two levels', 'It **must** do and **may** do.', /this one has 2/],
    ['another bold word', 'It **must** do **this**.', /\*\*this\*\* is no level/],
    ['a link', 'It **must** do [this](x.md).', /has no links/],
    ['no full stop', 'It **must** do', /ends with a full stop/],
    ['two sentences', 'It **must** do. It does.', /is one sentence/],
    ['two sentences, code first', 'It **must** do. `it` does.', /is one sentence/],
  ])('is refused at its sentence: %s', (_, sentence, message) => {
    expect(compile(sentence).problems).toEqual([expect.stringMatching(/^c\.md:4:1: /)]);
    expect(compile(sentence).problems[0]).toMatch(message);
  });

  it.each([
    ['subject', 'subject: kernel', /^c\.md:10:12: unknown subject `kernel`; known: core, driver/],
    ['subject', undefined, /^c\.md:2:5: `call-refused` has no `subject`/],
    ['abi', 'abi: uapi, verbs', /^c\.md:10:8: unknown ABI `verbs`/],
    ['abi', undefined, /^c\.md:2:5: `call-refused` has no `abi`/],
    ['basis', 'basis: guessed', /unknown basis `guessed`/],
    ['basis', undefined, /has no `basis`/],
    ['source', undefined, /^c\.md:2:5: `call-refused` has no `source`/],
    ['source', 'source: verbs.c f; a-male', /^c\.md:10:11: unknown source `a-male`/],
    ['since', 'since: 4.14-rc1', /is a kernel version/],
    ['note', 'note: whatever', /unknown key `note`/],
    ['note', 'without colon', /unknown key `without colon`/],
    ['abi ', 'abi: uapi', /^c\.md:11:3: `abi` stands twice/],
    ['since', 'since:', /`since` has no value/],
    ['not', 'not testable: too hard', /say why: `not testable: because/],
    ['errno', 'errno: EWRONG', /^c\.md:10:10: unknown errno `EWRONG`/],
    ['errno', 'errno: EBUSY or ENOENT', /need a reason/],
    ['errno', 'errno: EBUSY ENOENT', /unknown errno `EBUSY ENOENT`/],
    ['errno', 'errno: EBUSY, ENOENT', /two errnos for uapi; alternatives are joined by "or"/],
    ['errno', 'errno: uapi EINVAL', /no errno for uverbs/],
  ])('is refused at its list: %s, %s', (key, item, message) => {
    const { problems } = compile(SENTENCE, withItem(key, item));
    expect(problems.join('\n')).toMatch(message);
  });

  it('is refused for everything wrong with it at once', () => {
    const list = ['abi: verbs', 'source: a-male', 'since: now', 'not testable: too hard', 'note: x'];
    expect(compile('It does', list).problems).toHaveLength(9);
  });

  it('is refused for the errno of an ABI it does not have', () => {
    const list = [
      ...withItem('abi', 'abi: uapi').filter((item) => !item.startsWith('errno')),
      'errno: uapi EINVAL, uverbs EIO',
    ];
    expect(compile(SENTENCE, list).problems).toEqual([expect.stringContaining('uverbs is not an ABI of this clause')]);
  });

  it.each(['Call-Refused', 'call_refused', 'call--refused', '', '1-call'])('is refused for the id `%s`', (id) => {
    expect(compile(SENTENCE, LIST, id).problems[0]).toMatch(/^c\.md:2:5: .* is no clause id/);
  });

  it('is refused without a sentence or without a list', () => {
    expect(compile('').problems).toEqual([
      'c.md:2:5: the clause `call-refused` has no sentence: one paragraph directly below its heading',
    ]);
    expect(compile(SENTENCE, []).problems).toEqual([
      expect.stringMatching(/^c\.md:4:1: .*must be followed by the list/),
    ]);
    expect(compile(`${SENTENCE}\n\nMore words.`).problems).toEqual([
      expect.stringMatching(/^c\.md:4:1: .*must be followed/),
    ]);
  });
});
