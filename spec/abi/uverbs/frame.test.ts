import { expect, it } from 'vitest';
import { projectSpec } from '../../project_spec.ts';
import type { Call } from '../abi.ts';
import { uverbs } from './uverbs.ts';

const spec = projectSpec();
const native = uverbs(spec).native;
const driven = uverbs(spec, 'rxe').native;
if (native === undefined || driven === undefined) throw new Error('uverbs has write commands');

const PD: Call = { object: 'pd', method: 'create', attributes: {} };
const CQ: Call = { object: 'cq', method: 'create', attributes: { cqe: 7, comp_vector: 0 }, room: { cqe: 0 } };

it('frames a plain command, with the address of the response at the start of its request', () => {
  const { regions, patches } = native.written(native.frame('alloc_pd', native.command('alloc_pd', PD)));
  expect([...(regions[0]?.bytes ?? [])]).toEqual([3, 0, 0, 0, 4, 0, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0]);
  expect(regions[1]?.bytes.length).toBe(4);
  expect(patches).toEqual([{ into: 0, offset: 8, region: 1, target: 0 }]);
});

it('frames an extended command, lengths in words of eight bytes', () => {
  const { regions, patches } = native.written(native.frame('create_cq_ex', native.command('create_cq_ex', CQ)));
  const bytes = regions[0]?.bytes ?? new Uint8Array(0);
  expect([...bytes.subarray(0, 8)]).toEqual([18, 0, 0, 0x80, 4, 0, 2, 0]);
  expect(bytes.length).toBe(24 + 32);
  expect(patches).toEqual([{ into: 0, offset: 8, region: 1, target: 0 }]);
});

it('puts room for the driver behind the response', () => {
  const frame = driven.frame('create_cq', driven.command('create_cq', CQ));
  expect(frame).toMatchObject({ room: 8, driverRoom: 16 });
  const { regions } = driven.written(frame);
  expect([...(regions[0]?.bytes.subarray(0, 8) ?? [])]).toEqual([18, 0, 0, 0, 10, 0, 6, 0]);
  expect(regions[1]?.bytes.length).toBe(24);
});

it('takes driver data away with what is made shorter', () => {
  const draft = driven.command('create_cq', CQ);
  expect(driven.frame('create_cq', driven.resized(draft, { room: -4 }))).toMatchObject({ room: 4, driverRoom: 0 });
  expect(driven.frame('create_cq', driven.resized(draft, { request: 8, tail: 1 })).request).toHaveLength(40);
});

it('reads what came back', () => {
  const sent = native.written(native.frame('create_cq', native.command('create_cq', CQ)));
  sent.regions[1]?.bytes.set([9, 0, 0, 0, 16, 0, 0, 0]);
  expect(native.answered('create_cq', CQ, sent)).toEqual({ handle: 9, attributes: { cqe: 16 } });
});

it('knows its commands, and says so of others', () => {
  expect(native.commands.find(({ name }) => name === 'get_context')?.does).toBeUndefined();
  expect(native.commands.some(({ name }) => name === 'query_ah')).toBe(false);
  expect(() => native.command('query_ah_ex', PD)).toThrow('uverbs has no write command query_ah_ex');
  expect(() => native.message('pd', 'create', {})).toThrow('uverbs has no method pd.create');
});
