import { describe, expect, it } from 'vitest';
import { ROOT } from '../project.ts';
import { parseHex, parseTrace } from './trace_input.ts';

describe('parseHex', () => {
  it('takes digits in any case with white space between them', () => {
    expect(parseHex('08 00\n04AB ', 'message')).toBe('080004ab');
  });

  it('locates what is no digit, a half byte, and nothing', () => {
    expect(() => parseHex('0800\n04 0x', 'message')).toThrow('message:2:5: "x" is not a hex digit');
    expect(() => parseHex('08000', 'message')).toThrow('message: byte 2: one hex digit is missing');
    expect(() => parseHex(' \n', 'message')).toThrow('message: is empty');
  });
});

describe('parseTrace', () => {
  const line = '{"n":1,"pid":2,"call":"ioctl","fd":3,"request":"0xc0081b01","sent":["0800"],"answer":"-EINVAL"}';

  it('takes one call per line', async () => {
    const [trace] = await parseTrace(`${line}\n\n${line}\n`, 'trace', ROOT);
    expect(trace?.lines).toHaveLength(2);
  });

  it.each([
    [`${line}\n{"n":2,}\n`, /trace:2:\d+: not JSON/],
    [`${line}\n{"n":2}\n`, /trace:2:1: not a line of a trace: must have required property/],
    [line.replace('"0800"', '"08zz"'), /trace:1:1: not a line of a trace: \/sent\/0 must match pattern/],
    ['{"format":"rdma-conformance-result/1"}', /trace: not a result document of this tool/],
  ])('locates what is wrong in %s', async (text, message) => {
    await expect(parseTrace(text, 'trace', ROOT)).rejects.toThrow(message);
  });
});
