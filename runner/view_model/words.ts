/** Indexes: terms of the terminology chapter, errnos, events and sources, each with the clauses that speak of it. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ERRNO } from '../../spec/errno.ts';
import type { AbiId, Clause, Spec } from '../../spec/model.ts';
import type { CitedSource, ErrnoView, EventView, StatementLink, Term } from './model.ts';

const TERMINOLOGY = 'terminology';

/** The rows of every table of the terminology chapter: first cell the term, second its meaning (Markdown). */
export function termsOf(spec: Spec, root: string): Term[] {
  const file = spec.chapters.find(({ id }) => id === TERMINOLOGY)?.file;
  if (file === undefined) return [];
  const terms: Term[] = [];
  let section = '';
  let rows = 0;
  for (const line of readFileSync(join(root, file), 'utf8').split('\n')) {
    if (line.startsWith('## ')) section = line.slice(3).trim();
    if (!line.startsWith('|')) {
      rows = 0;
      continue;
    }
    rows += 1;
    // Head and rule of a table.
    if (rows <= 2) continue;
    const [term = '', meaning = ''] = cellsOf(line);
    terms.push({ term, meaning, section, anchor: anchorOf(term) });
  }
  return terms;
}

function cellsOf(line: string): string[] {
  return line
    .split(/(?<!\\)\|/)
    .slice(1, -1)
    .map((cell) => cell.trim());
}

function anchorOf(term: string): string {
  return `term-${term
    .toLowerCase()
    .replaceAll(/[^\p{L}\p{N}]+/gu, '-')
    .replaceAll(/^-|-$/g, '')}`;
}

/** Every errno that a clause in force names, in order of its number. */
export function errnosOf(clauses: readonly Clause[]): ErrnoView[] {
  const found = new Map<string, Map<string, AbiId[]>>();
  for (const { id, errno = {} } of clauses) {
    for (const [abi, names] of Object.entries(errno) as [AbiId, readonly string[]][]) {
      for (const name of names) {
        let its = found.get(name);
        if (its === undefined) found.set(name, (its = new Map<string, AbiId[]>()));
        its.set(id, [...(its.get(id) ?? []), abi]);
      }
    }
  }
  const numbers: Readonly<Record<string, number>> = ERRNO;
  return [...found]
    .map(([errno, its]) => ({
      errno,
      number: numbers[errno] ?? 0,
      clauses: [...its].map(([clause, abi]) => ({ clause, abi })),
    }))
    .sort((a, b) => a.number - b.number);
}

/** Mails, kernel files, manuals and standards, in the order in which the specification lists them; notes have pages of their own. */
export function citedSources(
  spec: Spec,
  clauses: readonly Clause[],
  statements: ReadonlyMap<string, readonly StatementLink[]>,
): CitedSource[] {
  const cited = new Map<string, Set<string>>();
  for (const { id, sources } of clauses) {
    for (const { key } of sources) {
      const its = cited.get(key);
      if (its === undefined) cited.set(key, new Set([id]));
      else its.add(id);
    }
  }
  return Object.values(spec.sources)
    .filter(({ kind }) => kind !== 'decision')
    .map((source) => ({
      ...source,
      clauses: [...(cited.get(source.key) ?? [])],
      statements: (statements.get(source.key) ?? []).map(({ number }) => number),
    }));
}

/** Every event of the tables, with the clauses whose sentence names it. */
export function eventsOf(spec: Spec, clauses: readonly Clause[]): EventView[] {
  return Object.entries(spec.enums['event'] ?? {}).map(([event, number]) => {
    const named = new RegExp(`\\b${event}\\b`);
    return {
      event,
      number,
      about: spec.affiliations[event] ?? '',
      clauses: clauses.filter(({ sentence }) => named.test(sentence)).map(({ id }) => id),
    };
  });
}
