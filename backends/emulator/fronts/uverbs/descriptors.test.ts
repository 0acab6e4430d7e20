import { describe, expect, it } from 'vitest';
import type { Draft, DraftAttribute } from '../../../../spec/abi/uverbs/draft.ts';
import { Caller, testSpec, verbs } from './caller.ts';

const spec = testSpec();
const CREATE = { object: 'async_event', method: 'create_fd', attributes: {} };
const COMP = { object: 'comp_channel', method: 'create_fd', attributes: {} };

const changed =
  (change: (attribute: DraftAttribute) => DraftAttribute) =>
  (draft: Draft): Draft => ({ ...draft, attributes: draft.attributes.map(change) });

async function descriptor(caller: Caller, call = CREATE): Promise<number> {
  const made = await caller.call(call);
  if (typeof made === 'string') throw new Error(made);
  return made.handle;
}

describe('channels through ioctl', () => {
  it('are made by a method and by a write command, with the lowest descriptors', async () => {
    const caller = await Caller.open(spec, verbs(spec));
    expect([await descriptor(caller), await descriptor(caller, COMP)]).toEqual([caller.fd + 1, caller.fd + 2]);
  });

  it('need a context', async () => {
    const caller = await Caller.open(spec, verbs(spec), { greet: false });
    expect(await caller.call(CREATE)).toBe('EINVAL');
    expect(await caller.call(COMP)).toBe('EINVAL');
  });

  it('are not left where their number cannot be answered', async () => {
    const backend = verbs(spec);
    const caller = await Caller.open(spec, backend);
    const { request, regions, patches } = caller.abi.encode(caller.abi.draft(COMP));
    const locked = regions.map((region, index) => (index === 1 ? { ...region, readOnly: true } : region));
    expect(await caller.send({ request, regions: locked, patches })).toBe('EFAULT');
    expect(await descriptor(caller)).toBe(caller.fd + 1);
    expect((await backend.reset()).leaked).toEqual({});
  });

  it.each([
    ['a number of more than 32 bits', 0x100000003, 'EINVAL'],
    ['a number below 0', -1, 'EBADF'],
    ['a number nobody opened', 77, 'EBADF'],
  ])('are refused in an attribute as %s', async (_what, number, errno) => {
    const caller = await Caller.open(spec, verbs(spec));
    const event_channel = await descriptor(caller);
    const create = { object: 'cq', method: 'create', attributes: { cqe: 1, comp_vector: 0, event_channel } };
    const spoil = changed((one) => (one.name === 'event_channel' ? { ...one, handle: number } : one));
    expect(await caller.call(create, spoil)).toBe(errno);
    expect(await caller.call(create)).toMatchObject({ attributes: {} });
  });

  it('know no ioctl', async () => {
    const caller = await Caller.open(spec, verbs(spec));
    const fd = await descriptor(caller);
    const { request, regions, patches } = caller.abi.encode(caller.abi.draft(CREATE));
    const answer = await caller.process.ioctl({ fd, request, regions, patches });
    expect(answer.ok ? 0 : answer.errno).toBe(25);
  });
});
