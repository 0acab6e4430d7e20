/** The sentence of a clause: one sentence, one bold level word. */
import type { Level } from '../model.ts';

const LEVELS: Readonly<Record<string, Level>> = {
  must: 'must',
  'must not': 'must not',
  should: 'should',
  may: 'may',
  'is observed to': 'observed',
};

export interface ClauseSentence {
  /** As readers see it: without bold marks, code spans kept. */
  readonly sentence: string;
  readonly level?: Level;
  readonly faults: readonly string[];
}

export function parseSentence(markdown: string): ClauseSentence {
  const faults: string[] = [];
  // Code is no prose: what it contains is neither bold nor the end of a sentence.
  const prose = markdown.replaceAll(/`[^`]*`/g, '`').replaceAll(/\b(e\.g|i\.e)\./g, '$1');
  const bold = [...prose.matchAll(/\*\*(.+?)\*\*/g)].map((match) => match[1] ?? '');
  const levels = bold.filter((word) => Object.hasOwn(LEVELS, word));
  const expected = Object.keys(LEVELS)
    .map((word) => `**${word}**`)
    .join(', ');
  if (levels.length !== 1) {
    faults.push(
      `a clause has exactly one of ${expected}; this one has ${levels.length === 0 ? 'none' : String(levels.length)}`,
    );
  }
  for (const word of bold.filter((one) => !levels.includes(one))) {
    faults.push(`**${word}** is no level; in a clause only ${expected} are bold`);
  }
  if (prose.includes('](')) faults.push('a clause has no links, because terminals show it too; link from its source');
  if (!prose.endsWith('.')) faults.push('a clause is a sentence and ends with a full stop');
  if (/[.!?]["”)]*\s+["“(]*[\p{Lu}`]/u.test(prose)) {
    faults.push('a clause is one sentence; put explanations below its list, or make two clauses');
  }
  const level = LEVELS[levels[0] ?? ''];
  const sentence = markdown.replaceAll(/(`[^`]*`)|\*\*/g, '$1');
  return level === undefined ? { sentence, faults } : { sentence, level, faults };
}

/** True where somebody is told to refuse: `must refuse`, `must be refused`; not `a refused call`, `does not refuse`. */
export function demandsRefusal(sentence: string): boolean {
  return /(?<!\bnot )\b(refuse|be refused)\b/.test(sentence);
}
