import { describe, expect, it } from 'vitest';
import type { Abi, Decoded } from '../../spec/abi/abi.ts';
import { sentCallText, traceText } from './calls.ts';
import { plain } from './plain.ts';

/** Decodes the first byte as a handle and the second, where it is there, as an optional state. */
const ABI = {
  decode: (_request: number, bytes: Uint8Array): Decoded => ({
    name: 'qp.modify',
    request: '0x1',
    header: [{ name: 'object_id', value: String(bytes[0]), offset: 0, length: 1, notes: [] }],
    attributes:
      bytes[1] === undefined
        ? []
        : [{ name: 'state', value: String(bytes[1]), offset: 1, length: 1, notes: ['optional'] }],
    ...(bytes.length > 2 ? { problem: { offset: 2, message: 'beyond the end' } } : {}),
  }),
} as unknown as Abi;

describe('calls', () => {
  it('shows what was sent and how it was answered', () => {
    const call = { abi: 'uapi', request: 1, sent: '0507', answer: 'EINVAL' } as const;
    expect(sentCallText(call, ABI)).toBe('qp.modify {object_id=5} state=7 [optional] = -EINVAL');
  });

  it('shows a trace call by call, with what each reply changed and where a message misfits', () => {
    const lines = [
      { n: 9, pid: 1, call: 'open', detail: '/dev/x\u001b[2J', answer: '3' },
      { n: 10, pid: 1, call: 'ioctl', fd: 3, request: '0x1', sent: ['0001', 'ff'], received: ['0901'], answer: '0' },
      { n: 11, pid: 1, call: 'ioctl', fd: 3, request: '0x1', sent: ['000102'], answer: '-EINVAL' },
      { n: 12, pid: 1, call: 'ioctl', fd: 3, request: '0x1', answer: '-EFAULT' },
      { n: 13, pid: 1, call: 'close', fd: 3, answer: '0' },
    ] as const;
    expect(traceText(lines, ABI).split('\n')).toEqual([
      ' 9  [1] open(/dev/x\\x1b[2J) = 3',
      '10  [1] ioctl(3, qp.modify {object_id=0} state=1 [optional], +1 bytes) = 0 -> object_id=9',
      '11  [1] ioctl(3, qp.modify {object_id=0} state=1 [optional] <byte 2: beyond the end>) = -EINVAL',
      '12  [1] ioctl(3, 0x1, NULL) = -EFAULT',
      '13  [1] close(3) = 0',
    ]);
  });
});

describe('plain', () => {
  it('leaves nothing that a terminal would obey', () => {
    expect(plain('a\u001b]0;x\u0007\r\n\u009bé')).toBe('a\\x1b]0;x\\x07\\x0d \\x9bé');
  });

  it('leaves no half of a character', () => {
    expect(plain('\ud83d \ude00 \ud83d\ude00')).toBe('\\ud83d \\ude00 \ud83d\ude00');
  });
});
