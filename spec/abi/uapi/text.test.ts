import { describe, expect, it } from 'vitest';
import { NAME_BYTES, isName, nameFields, nameIn } from './text.ts';

describe('a name', () => {
  it('comes back as it was, in the order of memory', () => {
    for (const text of ['', 'a', 'interface', 'hw_context/subcontext_count', 'x'.repeat(NAME_BYTES)])
      expect(nameIn(nameFields(text))).toBe(text);
    expect(nameFields('a')).toEqual({ text_0: 0x61n, text_8: 0n, text_16: 0n, text_24: 0n });
  });

  it('is cut off where it is longer than a message can say', () => {
    expect(nameIn(nameFields('x'.repeat(NAME_BYTES + 1)))).toBe('x'.repeat(NAME_BYTES));
  });

  it('is not empty, not too long, and of characters that read alike everywhere', () => {
    expect(['pd', 'qp_rc.post_send', 'hw_context/pkey'].filter(isName)).toHaveLength(3);
    expect(['', 'Pd', 'p d', 'p\0d', 'x'.repeat(NAME_BYTES + 1)].filter(isName)).toEqual([]);
  });
});
