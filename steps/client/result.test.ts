import { expect, it } from 'vitest';
import type { Answer } from '../../backends/backend.ts';
import { uapi } from '../../spec/abi/uapi/uapi.ts';
import { projectSpec } from '../../spec/project_spec.ts';
import { difference } from './difference.ts';
import { Result } from './result.ts';
import { words } from './words.ts';

const abi = uapi(projectSpec());
const call = { object: 'cq', method: 'query', on: 7, attributes: {}, room: { cqe: 0 } };

function resultOf(answer: Answer, known = true): Result {
  const encoded = abi.encode(abi.draft(call));
  const sent = encoded.regions.map((region) => region.bytes.slice());
  encoded.regions[0]?.bytes.set([3, 0, 0, 0, 16], 12);
  return new Result(abi, 1, 3, encoded, sent, answer, known ? call : undefined);
}

it('a result has a reply where the call succeeded and somebody said what it was', () => {
  const done = resultOf({ ok: true, value: 0 });
  expect([done.errno, done.answer, done.reply]).toEqual([0, '0', { handle: 7, attributes: { cqe: 16 } }]);
  expect(resultOf({ ok: true, value: 0 }, false).reply).toBeUndefined();
  const refused = resultOf({ ok: false, errno: 95 });
  expect([refused.errno, refused.answer, refused.reply]).toEqual([95, 'EOPNOTSUPP', undefined]);
  expect(refused.before).not.toEqual(refused.after);
});

it('values and differences read as words', () => {
  expect([words(undefined), words(3n), words(['A']), words({ a: 255n })]).toEqual([
    'nothing',
    '3',
    '["A"]',
    '{"a":"0xff"}',
  ]);
  const before = { state: 'INIT', path: { port: 1, gid: 1n }, gone: 1 };
  expect(difference(before, { ...before, path: { port: 1, gid: 1n } })).toBe('');
  expect(difference(before, { state: 'RTR', path: { port: 2, gid: 1n } })).toBe(
    'state INIT became RTR, path {"port":1,"gid":"0x1"} became {"port":2,"gid":"0x1"}, gone 1 became nothing',
  );
});
