/** Digests: short enough to read, long enough that an accidental repeat is out of the question. */
import { createHash } from 'node:crypto';
import type { Clause } from '../model.ts';

/** First 16 hex digits of SHA-256 over the value as JSON. Key order counts; compiled values have a fixed one. */
export function digestOf(value: unknown): string {
  return createHash('sha256').update(JSON.stringify(value)).digest('hex').slice(0, 16);
}

/** What a verdict on a clause depends on: a change to anything else leaves old verdicts valid. */
export function clauseDigest(clause: Omit<Clause, 'digest'>): string {
  const { id, level, subject, abi, errno, sentence } = clause;
  return digestOf([id, level, subject, abi, errno, sentence]);
}
