import { describe, expect, it } from 'vitest';
import { projectSpec } from '../../project_spec.ts';
import { uapi } from './uapi.ts';

const spec = projectSpec();
const abi = uapi(spec);

function bytes(hex: string): Uint8Array {
  return Uint8Array.from(Buffer.from(hex, 'hex'));
}

describe('the published vectors', () => {
  it('are there', () => {
    expect(spec.vectors.length).toBeGreaterThan(10);
  });

  it.each(spec.vectors.map((vector) => [vector.name, vector] as const))('decode: %s', (_name, vector) => {
    const decoded = abi.decode(vector.request, bytes(vector.sent));
    expect(decoded.name).toBe(vector.decoded.name);
    for (const [field, value] of Object.entries(vector.decoded.header)) {
      expect(decoded.header.find((item) => item.name === field)?.value).toBe(String(value));
    }
    expect(Object.fromEntries(decoded.attributes.map(({ name, value }) => [name, value]))).toEqual(
      vector.decoded.attributes,
    );
    expect(decoded.problem?.offset).toBe(vector.decoded.problem);
  });

  it('are what the encoder makes of the same calls', () => {
    const made = (object: string, method: string, attributes: Record<string, number>, on?: number): string => {
      const { regions } = abi.encode(abi.draft({ object, method, attributes, on }));
      return Buffer.from(regions[0]?.bytes ?? []).toString('hex');
    };
    const sent = (name: string): string => spec.vectors.find((vector) => vector.name.startsWith(name))?.sent ?? '';
    expect(made('pd', 'create', {})).toBe(sent('pd.create'));
    expect(made('cq', 'create', { cqe: 1, comp_vector: 0 })).toBe(sent('cq.create with two'));
    expect(made('pd', 'destroy', {}, 0xffff0)).toBe(sent('pd.destroy'));
  });
});

describe('decoding anything', () => {
  it('never throws, and locates what does not fit', () => {
    let seed = 12345;
    const random = (): number => {
      seed = (Math.imul(seed, 1103515245) + 12345) >>> 0;
      return seed / 2 ** 32;
    };
    const requests = [0xc0081b00, 0xc0081b01, 0xc0081b02, 0xc0081b7f, 0xc0081bff, 0xc0181b01, 0];
    for (let round = 0; round < 4000; round += 1) {
      const message = Uint8Array.from({ length: Math.floor(random() * 80) }, () => Math.floor(random() * 256));
      // Half of the time a header that leads somewhere, so that attributes are reached.
      if (message.length > 8 && random() < 0.5) message.set([message.length, 0, Math.floor(random() * 24), 0]);
      const decoded = abi.decode(requests[round % requests.length] ?? 0, message);
      if (decoded.problem !== undefined)
        expect(decoded.problem.offset).toBeLessThanOrEqual(Math.max(message.length, 8));
    }
  });

  it('survives every truncation of a sound message', () => {
    const { request, regions } = abi.encode(
      abi.draft({ object: 'cq', method: 'create', attributes: { cqe: 4, comp_vector: 0, user_handle: 7n } }),
    );
    const whole = regions[0]?.bytes ?? new Uint8Array();
    for (let length = 0; length < whole.length; length += 1) {
      expect(abi.decode(request, whole.subarray(0, length)).problem).toBeDefined();
    }
    expect(abi.decode(request, whole).problem).toBeUndefined();
  });
});
