import { describe, expect, it } from 'vitest';
import type { Control } from '../backend.ts';
import type { WireRegion } from './messages.ts';
import { protocolSchemas } from './schemas.ts';
import { attributesOf, changedText, controlText, memoryText } from './wire.ts';

const bytes = (...all: readonly number[]): Uint8Array => Uint8Array.from(all);

describe('the text of memory', () => {
  it('is what stringify would make of it', () => {
    const whole = bytes(9, 1, 2, 9);
    const regions = [
      { bytes: whole.subarray(1, 3), readOnly: true },
      { bytes: bytes(), guard: true },
      { bytes: bytes(255), readOnly: false },
    ];
    const patches = [
      { into: 0, offset: 8, region: 1, target: 0 },
      { into: 1, offset: 0, region: 2, target: 4096 },
    ];
    expect(JSON.parse(`{${memoryText(regions, patches)}}`)).toEqual({
      regions: [{ bytes: '0102', readOnly: true }, { bytes: '', guard: true }, { bytes: 'ff' }],
      patches: [
        [0, 8, 1, 0],
        [1, 0, 2, 4096],
      ],
    });
    expect(memoryText([], [])).toBe('"regions":[],"patches":[]');
  });

  it('tells the regions that changed, and no others', () => {
    const sent: WireRegion[] = [{ bytes: '01' }, { bytes: '02' }, { bytes: '03' }];
    expect(
      changedText(
        [bytes(1), bytes(2), bytes(3)].map((each) => ({ bytes: each })),
        sent,
      ),
    ).toBe('');
    const changed = changedText(
      [bytes(7), bytes(2), bytes(8)].map((each) => ({ bytes: each })),
      sent,
    );
    expect(changed).toBe(',"regions":{"0":"07","2":"08"}');
  });
});

describe('a control', () => {
  const attributes = {
    state: 'RTS',
    mask: 5,
    path: { dgid: 0xfe80000000000000n, port: 1 },
    list: [1n, 2n],
    flags: ['A'],
  };
  const control: Control = {
    action: 'kernel_call',
    device: 'd',
    atomic: true,
    sleepable: false,
    object: 'ah',
    method: 'create',
    attributes,
  };

  it('keeps its numbers of 64 bits', async () => {
    const wire = JSON.parse(controlText(control)) as { attributes: typeof attributes };
    expect(wire.attributes).toMatchObject({ path: { dgid: '0xfe80000000000000', port: 1 }, list: ['0x1', '0x2'] });
    expect(attributesOf(wire.attributes as never)).toEqual(attributes);
    expect((await protocolSchemas()).message('control', 'params', { control: wire })).toBeUndefined();
  });
});
