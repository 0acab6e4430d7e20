/** Write commands inside INVOKE_WRITE, through the byte interface: facts B7. */
import { describe, expect, it } from 'vitest';
import type { Call } from '../../../../spec/abi/abi.ts';
import type { Draft, DraftAttribute } from '../../../../spec/abi/uverbs/draft.ts';
import { Caller, connected, testSpec, verbs } from './caller.ts';

const spec = testSpec();
const open = (): Promise<Caller> => Caller.open(spec, verbs(spec));
const onAttribute =
  (name: string, change: Partial<DraftAttribute>) =>
  (draft: Draft): Draft => ({
    ...draft,
    attributes: draft.attributes.map((item) => (item.name === name ? { ...item, ...change } : item)),
  });

describe('write commands', () => {
  it('are judged by name, size, tail and handle, in this order', async () => {
    const caller = await open();
    const { pd, qp } = await connected(caller);
    const modify: Call = { object: 'qp', variant: 'RC', method: 'modify', on: qp, attributes: { state: 'RESET' } };
    const word = (value: bigint): Uint8Array => new Uint8Array(new BigUint64Array([value]).buffer);
    const core = caller.abi.draft(modify).attributes[0]?.payload ?? new Uint8Array(0);
    const changed = (at: number, byte: number): Uint8Array => core.map((old, index) => (index === at ? byte : old));
    expect(await caller.call(modify, onAttribute('write_cmd', { payload: word(0x80000119n) }))).toBe('EINVAL');
    expect(await caller.call(modify, onAttribute('write_cmd', { payload: word(6n) }))).toBe('EOPNOTSUPP');
    expect(await caller.call(modify, onAttribute('write_cmd', { payload: word(0x800000ffn) }))).toBe('EOPNOTSUPP');
    const query: Call = { object: 'qp', variant: 'RC', method: 'query', on: qp, attributes: {}, room: { state: 0 } };
    expect(await caller.call(query, onAttribute('core_in', { payload: new Uint8Array(15) }))).toBe('ENOSPC');
    expect(await caller.call(query, onAttribute('core_out', { payload: new Uint8Array(127) }))).toBe('ENOSPC');
    expect(await caller.call(modify, onAttribute('core_in', { payload: Uint8Array.from([...core, 0]) }))).toMatchObject(
      { handle: qp },
    );
    expect(await caller.call(modify, onAttribute('core_in', { payload: Uint8Array.from([...core, 1]) }))).toBe(
      'EOPNOTSUPP',
    );
    expect(await caller.call(modify, onAttribute('core_in', { payload: changed(71, 0x80) }))).toBe('EOPNOTSUPP');
    expect(await caller.call(modify, onAttribute('core_in', { payload: changed(64, 99) }))).toBe('ENOENT');
    expect(await caller.call(modify, onAttribute('core_in', { payload: changed(64, pd) }))).toBe('EINVAL');
  });

  it('take what an extended request lacks as zeros, and answer into less room', async () => {
    const caller = await open();
    const { qp } = await connected(caller);
    const modify: Call = { object: 'qp', variant: 'RC', method: 'modify', on: qp, attributes: { state: 'RESET' } };
    const core = caller.abi.draft(modify).attributes[0]?.payload ?? new Uint8Array(0);
    const answer = { handle: qp };
    expect(await caller.call(modify, onAttribute('core_in', { payload: core.subarray(0, 97) }))).toMatchObject(answer);
    expect(await caller.call(modify, onAttribute('core_out', { payload: new Uint8Array(7) }))).toMatchObject(answer);
    // The handle is zero then, which is that of the protection domain.
    expect(await caller.call(modify, (draft) => ({ ...draft, attributes: draft.attributes.slice(1) }))).toBe('EINVAL');
  });

  it('wants the two ports of an alternate path to be one', async () => {
    const caller = await open();
    const { qp } = await connected(caller);
    const modify: Call = {
      object: 'qp',
      variant: 'RC',
      method: 'modify',
      on: qp,
      attributes: { alt_path_ib: { dlid: 1, port: 1 } },
    };
    const draft = caller.abi.draft(modify);
    const core = draft.attributes[0]?.payload ?? new Uint8Array(0);
    expect(core[63]).toBe(1);
    expect(core[108]).toBe(1);
    expect(
      await caller.call(modify, onAttribute('core_in', { payload: core.map((byte, at) => (at === 108 ? 2 : byte)) })),
    ).toBe('EINVAL');
  });

  it('opens no domain on a file', async () => {
    const caller = await open();
    const call: Call = { object: 'xrcd', method: 'create', attributes: {} };
    const payload = new Uint8Array(16);
    expect(await caller.call(call, onAttribute('core_in', { payload }))).toBe('EBADF');
  });

  it('answer EFAULT for pointers that lead nowhere', async () => {
    const caller = await open();
    const encoded = caller.abi.encode(caller.abi.draft({ object: 'xrcd', method: 'create', attributes: {} }));
    expect(await caller.send({ ...encoded, patches: encoded.patches.slice(1) })).toBe('EFAULT');
    expect(await caller.send({ ...encoded, patches: encoded.patches.slice(0, 1) })).toBe('EFAULT');
    expect(await caller.send(encoded)).toBe('ok');
  });
});
