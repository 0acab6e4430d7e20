import { describe, expect, it } from 'vitest';
import { uapi } from '../../spec/abi/uapi/uapi.ts';
import { projectSpec } from '../../spec/project_spec.ts';
import { BackendError, type Backend, type Control } from '../backend.ts';
import { emulator } from './backend.ts';
import type { Pipelines, Rule } from './rules.ts';

const spec = projectSpec();
const abi = uapi(spec);
const options = { spec, model: 'verbs', seed: 1, abi: 'uapi' } as const;

async function opened(backend: Backend) {
  const { devices } = await backend.describe();
  const process = await backend.process();
  const file = await process.open(devices[0]?.path ?? '');
  if (!file.ok) throw new Error('the emulator cannot be opened');
  const call = async (object: string, method: string, more: object = {}) => {
    const made = { object, method, attributes: {}, ...more };
    const encoded = abi.encode(abi.draft(made));
    const answer = await process.ioctl({ fd: file.value, ...encoded });
    return { answer, reply: abi.reply(made, encoded) };
  };
  return { call, device: devices[0]?.name ?? '' };
}

describe('the emulator behind the contract', () => {
  it('says at reset what was left, once', async () => {
    const forgetful = (pipelines: Pipelines): Pipelines => ({ ...pipelines, 'context.close': [] as Rule<never>[] });
    const backend = emulator({ ...options, alter: forgetful });
    const { call } = await opened(backend);
    await call('pd', 'create');
    await call('pd', 'create');
    expect((await backend.reset()).leaked).toEqual({ pd: 2 });
    expect((await backend.reset()).leaked).toEqual({});
  });

  it('knows its models', () => {
    expect(() => emulator({ ...options, model: 'teapot' })).toThrow(BackendError);
    expect(() => emulator({ ...options, model: 'teapot' })).toThrow(/no model teapot; it has verbs, ud-srd, no-qp/);
  });

  it('answers the same calls the same, device after device', async () => {
    const run = async (): Promise<unknown[]> => {
      const { call } = await opened(emulator(options));
      const pd = await call('pd', 'create');
      const cq = await call('cq', 'create', { attributes: { cqe: 3, comp_vector: 1 } });
      const parts = { pd: pd.reply.handle, send_cq: cq.reply.handle, recv_cq: cq.reply.handle };
      const cap = { max_send_wr: 3, max_recv_wr: 1, max_send_sge: 1, max_recv_sge: 1 };
      const qp = await call('qp', 'create', { variant: 'UD', attributes: { ...parts, cap }, room: { qpn: 0 } });
      return [pd, cq, qp];
    };
    expect(await run()).toEqual(await run());
  });

  it('controls a queue pair by its number', async () => {
    const backend = emulator(options);
    const { call, device } = await opened(backend);
    await call('pd', 'create');
    await call('cq', 'create', { attributes: { cqe: 1, comp_vector: 0 } });
    const attributes = { pd: 1, send_cq: 1, recv_cq: 1, cap: {} };
    const { reply } = await call('qp', 'create', { variant: 'UD', attributes, room: { qpn: 0 } });
    const qpn = Number(reply.attributes['qpn']);
    const state = async () => {
      const query = { variant: 'UD', on: reply.handle, room: { state: 0 } };
      return (await call('qp', 'query', query)).reply.attributes['state'];
    };
    const control = (more: object) => backend.control({ device, qpn, ...more } as Control);
    expect(await state()).toBe('RESET');
    expect(await control({ action: 'force_state', state: 'RTS' })).toEqual({ ok: true, value: {} });
    expect(await state()).toBe('RTS');
    expect((await control({ action: 'force_state', state: 'LOST' })).ok).toBe(false);
    expect((await control({ action: 'force_state', state: 'SQE' })).ok).toBe(true);
    expect(await state()).toBe('SQE');
  });
});
