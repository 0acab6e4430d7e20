import { describe, expect, it } from 'vitest';
import { projectSpec } from '../../project_spec.ts';
import { CHAINS } from './chain.ts';
import { uapi } from './uapi.ts';

const abi = uapi(projectSpec());
const CREATE = abi.encode(abi.draft({ object: 'cq', method: 'create', attributes: { cqe: 4, comp_vector: 0 } }));
const DESTROY = abi.encode(abi.draft({ object: 'pd', method: 'destroy', on: 7, attributes: {} }));
const bytesOf = (encoded: typeof CREATE): Uint8Array => encoded.regions[0]?.bytes ?? new Uint8Array();

describe('a chain', () => {
  const chain = CHAINS.join([CREATE, DESTROY, CREATE]);

  it('has the messages as they are, by forward offsets', () => {
    const elements = CHAINS.elements(chain);
    expect(elements.map(({ method, done, errno }) => [method, done, errno])).toEqual([
      [0, false, 0],
      [3, false, 0],
      [0, false, 0],
    ]);
    expect(elements.map(({ message }) => message)).toEqual([CREATE, DESTROY, CREATE].map(bytesOf));
    expect(chain.request).toBe(0xc0081b80);
  });

  it('tells what became of each', () => {
    const answered = CHAINS.join([DESTROY, DESTROY], (index) => ({ command: index === 0 ? 0x103 : 0x20003 }));
    expect(CHAINS.elements(answered).map(({ done, errno }) => [done, errno])).toEqual([
      [true, 0],
      [false, 2],
    ]);
    const { header } = abi.decode(answered.request, bytesOf(answered));
    expect(header.filter(({ name }) => name.endsWith('.command')).map(({ notes }) => notes)).toEqual([
      ['done'],
      ['refused ENOENT'],
    ]);
  });

  it('decodes to its messages, at their places', () => {
    const decoded = abi.decode(chain.request, bytesOf(chain));
    expect(decoded.problem).toBeUndefined();
    expect(decoded.name).toBe('chain of 3');
    const object = decoded.header.find(({ name }) => name === '1.object_id');
    expect([object?.value, object?.offset]).toEqual(['7', bytesOf(CREATE).length + 8 + 8 + 4]);
    expect(decoded.attributes.map(({ name }) => name)).toEqual(['0.cqe', '0.comp_vector', '2.cqe', '2.comp_vector']);
  });

  it.each([1, 4, 8, 16, 20, 4112, 0xfffffff0])('ends at a link of %i', (next) => {
    const broken = CHAINS.join([CREATE, DESTROY], (index) => (index === 0 ? { next } : {}));
    expect(CHAINS.elements(broken)).toHaveLength(1);
    expect(abi.decode(broken.request, bytesOf(broken)).problem?.offset).toBe(4);
  });

  it('ends where its memory does, and at the bound', () => {
    const whole = bytesOf(chain);
    for (let length = 0; length < whole.length; length += 1)
      expect(abi.decode(chain.request, whole.subarray(0, length)).problem).toBeDefined();
    const long = CHAINS.join(Array.from({ length: CHAINS.maximum + 1 }, () => DESTROY));
    expect(CHAINS.elements(long)).toHaveLength(CHAINS.maximum);
    expect(abi.decode(long.request, bytesOf(long)).problem?.message).toMatch(/more than 100/);
  });
});
