/** Test support: the table of functions in the chapter on libibverbs. */
import type { LibraryFunction } from './model.ts';

const HEAD = ['| function | by `uapi` | by `uverbs` | what goes where | rests on |', '| --- | --- | --- | --- | --- |'];

export function chapterTable(library: readonly LibraryFunction[]): string {
  return [...HEAD, ...library.map(row)].join('\n');
}

function row({ function: name, inline, calls, library, arguments: given, clauses }: LibraryFunction): string {
  const words = [library, given].filter((text) => text !== undefined).join(' ');
  const rests = clauses.map((id) => `\`${id}\``).join(', ');
  return `| \`${name}\`${inline ? ' (inline)' : ''} | ${listed(calls.uapi)} | ${listed(calls.uverbs)} | ${words} | ${rests} |`;
}

function listed(calls: readonly string[]): string {
  return calls.length === 0 ? 'no call' : calls.map((call) => `\`${call}\``).join(', ');
}
