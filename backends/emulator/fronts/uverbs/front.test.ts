import { describe, expect, it } from 'vitest';
import type { Call } from '../../../../spec/abi/abi.ts';
import type { DeviceModel } from '../../models/model.ts';
import { MODELS } from '../../models/models.ts';
import { Caller, connected, testSpec, verbs } from './caller.ts';

const spec = testSpec();
const open = (model?: string): Promise<Caller> => Caller.open(spec, verbs(spec, model));
const destroy = (object: string, on: number): Call => ({
  object,
  variant: object === 'qp' ? 'RC' : undefined,
  method: 'destroy',
  on,
  attributes: {},
});

describe('the life of objects', () => {
  it('gives the lowest handle of one space to objects of every class', async () => {
    const caller = await open();
    expect([
      await caller.create('pd'),
      await caller.create('cq', { cqe: 1, comp_vector: 0 }),
      await caller.create('xrcd'),
    ]).toEqual([0, 1, 2]);
    expect(await caller.call(destroy('pd', 0))).toMatchObject({ handle: 0 });
    expect(await caller.create('xrcd')).toBe(0);
  });

  it('refuses a destroyed handle, one of another class and a busy object', async () => {
    const caller = await open();
    const { pd, cq, qp } = await connected(caller);
    expect(await caller.call(destroy('pd', pd))).toBe('EBUSY');
    expect(await caller.call(destroy('pd', cq))).toBe('EINVAL');
    expect(await caller.call({ ...destroy('qp', qp), room: { events_reported: 0 } })).toEqual({
      handle: qp,
      attributes: { events_reported: 0 },
    });
    expect(await caller.call(destroy('qp', qp))).toBe('ENOENT');
    expect(await caller.call({ ...destroy('cq', cq), room: { comp_events: 0, async_events: 0 } })).toEqual({
      handle: cq,
      attributes: { comp_events: 0, async_events: 0 },
    });
    expect(await caller.call(destroy('pd', pd))).toMatchObject({ handle: pd });
    expect(await caller.call(destroy('pd', pd))).toBe('ENOENT');
  });

  it('leaves nothing behind when the file is closed', async () => {
    const backend = verbs(spec);
    const caller = await Caller.open(spec, backend);
    await connected(caller);
    await caller.process.close(caller.fd);
    expect((await backend.reset()).leaked).toEqual({});
  });

  it('writes the handle into a create that fails later', async () => {
    const caller = await open();
    await caller.create('pd');
    const encoded = caller.abi.encode(
      caller.abi.draft({ object: 'cq', method: 'create', attributes: { cqe: 0, comp_vector: 0 } }),
    );
    expect(await caller.send(encoded)).toBe('EINVAL');
    expect(encoded.regions[0]?.bytes[32]).toBe(1);
  });

  it('leaves no object when the outputs of a create cannot be written', async () => {
    const backend = verbs(spec);
    const caller = await Caller.open(spec, backend);
    const encoded = caller.abi.encode(
      caller.abi.draft({ object: 'cq', method: 'create', attributes: { cqe: 4, comp_vector: 0 } }),
    );
    const regions = encoded.regions.map((region, index) => (index === 0 ? region : { ...region, readOnly: true }));
    expect(await caller.send({ ...encoded, regions })).toBe('EFAULT');
    await caller.process.close(caller.fd);
    expect((await backend.reset()).leaked).toEqual({});
  });
});

describe('queries', () => {
  it('answers what the messages have a place for', async () => {
    const caller = await open();
    const room = { port_count: 0, max_qp: 0, max_pkeys: 0, node_guid: 0, max_xrcd: 0 };
    const answer = await caller.call({ object: 'device', method: 'query', attributes: {}, room });
    const { limits, ports, nodeGuid } = MODELS['verbs'] as DeviceModel;
    expect(answer).toEqual({
      handle: 0,
      attributes: {
        port_count: ports.length,
        max_qp: limits['max_qp'],
        max_pkeys: limits['max_pkeys'],
        node_guid: nodeGuid,
      },
    });
    const vectors = await caller.call({ object: 'device', method: 'query', attributes: {}, room: { comp_vectors: 0 } });
    expect(vectors).toEqual({ handle: 0, attributes: { comp_vectors: limits['comp_vectors'] } });
  });

  it('answers ports by number', async () => {
    const caller = await open();
    const port = (on: number): Call => ({
      object: 'port',
      method: 'query',
      on,
      attributes: {},
      room: { transport: 0, max_mtu: 0, pkey_table_length: 0 },
    });
    expect(await caller.call(port(2))).toEqual({
      handle: 2,
      attributes: { transport: 'ROCE', max_mtu: 'MTU_2048', pkey_table_length: 1 },
    });
    expect(await caller.call(port(0))).toBe('EINVAL');
    expect(await caller.call(port(3))).toBe('EINVAL');
    expect(await caller.call(port(256 + 1))).toBe('EINVAL');
  });
});
