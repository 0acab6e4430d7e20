/** The decision notes: their titles, how they stand, and the clauses that rest on them. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Clause } from '../../spec/model.ts';
import type { DecisionView } from './model.ts';

/** A note by itself. */
export type Note = Omit<DecisionView, 'statements'>;

const FOLDER = 'spec/decisions';

export function decisionsOf(root: string, clauses: readonly Clause[]): Note[] {
  const byNumber = new Map<string, string[]>();
  for (const { id, sources } of clauses) {
    for (const { key } of sources) {
      const number = decisionNumber(key);
      if (number !== undefined) byNumber.set(number, [...(byNumber.get(number) ?? []), id]);
    }
  }
  return readdirSync(join(root, FOLDER))
    .filter((name) => /^\d{4}-.*\.md$/.test(name))
    .sort()
    .map((name) => {
      const text = readFileSync(join(root, FOLDER, name), 'utf8');
      const number = name.slice(0, 4);
      return {
        id: name.replace(/\.md$/, ''),
        number,
        title: /^# \d{4} (.+)$/m.exec(text)?.[1] ?? name,
        status: /^Status: (.+)$/m.exec(text)?.[1] ?? '',
        clauses: byNumber.get(number) ?? [],
      };
    });
}

/** `decision-0012` is note 0012. */
export function decisionNumber(key: string): string | undefined {
  return /^decision-(\d{4})$/.exec(key)?.[1];
}
