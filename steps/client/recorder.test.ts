import { describe, expect, it } from 'vitest';
import { uapi } from '../../spec/abi/uapi/uapi.ts';
import { projectSpec } from '../../spec/project_spec.ts';
import { Recorder, hex, sameBytes } from './recorder.ts';
import { Result } from './result.ts';

const KEPT = 4000;

function opened(detail: string) {
  return { pid: 100, call: 'open', detail, answer: '3' } as const;
}

describe('the recorder', () => {
  it('keeps everything of a short scenario, numbered from 1', () => {
    const recorder = new Recorder();
    for (let i = 1; i <= 3; i += 1) recorder.add(opened(String(i)));
    expect(recorder.lines().map(({ n, detail }) => [n, detail])).toEqual([
      [1, '1'],
      [2, '2'],
      [3, '3'],
    ]);
  });

  it('keeps the last calls of a long one, at least as many as it promises and never twice that', () => {
    const recorder = new Recorder();
    for (let i = 1; i <= 5 * KEPT + 17; i += 1) {
      recorder.add(opened(String(i)));
      if (i % 1000 !== 0) continue;
      const lines = recorder.lines();
      expect(lines.length).toBeGreaterThanOrEqual(Math.min(i, KEPT));
      expect(lines.length).toBeLessThan(2 * KEPT);
      expect(lines.at(-1)).toMatchObject({ n: i, detail: String(i) });
      expect(lines.every(({ n, detail }) => detail === String(n))).toBe(true);
    }
  });

  it('puts an ioctl into words: bytes before and after, and the errno by name', () => {
    const abi = uapi(projectSpec());
    const call = { object: 'pd', method: 'create', attributes: {} };
    const encoded = abi.encode(abi.draft(call));
    const sent = encoded.regions.map((region) => region.bytes.slice());
    encoded.regions[0]?.bytes.set([5], 4);
    const recorder = new Recorder();
    recorder.add(new Result(abi, 100, 3, encoded, sent, { ok: true, value: 0 }, call));
    recorder.add(new Result(abi, 100, 3, encoded, sent, { ok: false, errno: 22 }, call));
    const line = { pid: 100, call: 'ioctl', fd: 3, request: '0xc0081b00', sent: ['0800040000000000'] };
    expect(recorder.lines()).toEqual([
      { n: 1, ...line, received: ['0800040005000000'], answer: '0' },
      { n: 2, ...line, received: ['0800040005000000'], answer: '-EINVAL' },
    ]);
  });
});

describe('bytes', () => {
  it('are written in hex as far as the view goes, and compared', () => {
    const memory = Uint8Array.of(0, 1, 0xab, 255);
    expect(hex(memory.subarray(1, 3))).toBe('01ab');
    expect(sameBytes(memory.subarray(1, 2), Uint8Array.of(1))).toBe(true);
    expect(sameBytes(memory, memory.subarray(1))).toBe(false);
  });
});
