import { expect, it } from 'vitest';
import { Lines } from './lines.ts';

function cut(most: number, ...chunks: readonly string[]): { readonly lines: string[]; readonly tooLong: number } {
  const heard: string[] = [];
  let tooLong = 0;
  const lines = new Lines(
    most,
    (line) => heard.push(line),
    () => (tooLong += 1),
  );
  for (const chunk of chunks) lines.push(Buffer.from(chunk));
  return { lines: heard, tooLong };
}

it('cuts at line feeds wherever the pieces end', () => {
  expect(cut(10, 'a\nb', 'c', 'd\n', '\n\ne\nf').lines).toEqual(['a', 'bcd', 'e']);
});

it('puts characters together that were cut apart', () => {
  const bytes = Buffer.from('µ\n');
  const heard: string[] = [];
  const lines = new Lines(
    10,
    (line) => heard.push(line),
    () => undefined,
  );
  for (const byte of bytes) lines.push(Buffer.from([byte]));
  expect(heard).toEqual(['µ']);
});

it('skips what is too long, says so once, and goes on', () => {
  expect(cut(3, 'abc\nabcd\nef\n')).toEqual({ lines: ['abc', 'ef'], tooLong: 1 });
  expect(cut(3, 'ab', 'cd', 'ef', 'g\nh\n')).toEqual({ lines: ['h'], tooLong: 1 });
});

it('does not look twice at what has come', () => {
  // A message in a hundred thousand pieces takes as long as one in a single piece, or this test takes minutes.
  const pieces = Array.from({ length: 100_000 }, () => 'x'.repeat(100));
  expect(cut(10_000_000, ...pieces, '\n').lines[0]).toHaveLength(10_000_000);
});
