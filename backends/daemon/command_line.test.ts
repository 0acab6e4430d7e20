import { expect, it } from 'vitest';
import { splitCommand } from './command_line.ts';

it.each<[string, readonly string[]]>([
  ['ssh root@host conformd --stdio', ['ssh', 'root@host', 'conformd', '--stdio']],
  ['  a\t b  ', ['a', 'b']],
  ['a "b c" \'d e\'', ['a', 'b c', 'd e']],
  ['a"b"c \'\' ""', ['abc', '', '']],
  ['"a \\" b" a\\ b', ['a " b', 'a b']],
  ["'a\\b' '\"'", ['a\\b', '"']],
  ['$(reboot) `reboot` $HOME * ; reboot', ['$(reboot)', '`reboot`', '$HOME', '*', ';', 'reboot']],
  ['', []],
])('%s', (text, words) => {
  expect(splitCommand(text)).toEqual(words);
});

it.each(['a "b', "a 'b", 'a\\'])('refuses %s', (text) => {
  expect(() => splitCommand(text)).toThrow(/never closed|ends in a backslash/);
});
