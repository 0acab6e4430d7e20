import { describe, expect, it } from 'vitest';
import { Console, lastWords } from './console.ts';

describe('the console of a guest', () => {
  it('keeps the last of it, however much comes', () => {
    const said = new Console();
    for (let line = 0; line < 20_000; line += 1) said.add(Buffer.from(`line ${line.toString()}\r\n`));
    expect(said.text().length).toBe(64 * 1024 - (said.text().split('\n').length - 1));
    expect(said.text().endsWith('line 19999\n')).toBe(true);
  });
});

describe('the last words of a guest', () => {
  it('begin where the kernel says that it is done for', () => {
    const trace = Array.from({ length: 100 }, (_, frame) => `[1.0] frame ${frame.toString()}`).join('\n');
    const words = lastWords(`booting\n\n[1.0] Kernel panic - not syncing: Fatal exception\n${trace}\n`);
    expect(words.split('\n')[0]).toBe('[1.0] Kernel panic - not syncing: Fatal exception');
    expect(words.split('\n').length).toBe(24);
  });

  it('are the last lines where it says nothing of the kind', () => {
    expect(lastWords('one\n\ntwo\n')).toBe('one\ntwo');
    expect(lastWords('')).toBe('');
  });
});
