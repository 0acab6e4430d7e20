import { describe, expect, it } from 'vitest';
import { CHAINS } from '../../../../spec/abi/uapi/chain.ts';
import { uapi } from '../../../../spec/abi/uapi/uapi.ts';
import { ERRNO } from '../../../../spec/errno.ts';
import { projectSpec } from '../../../../spec/project_spec.ts';
import type { Control } from '../../../backend.ts';
import { emulator } from '../../backend.ts';

const spec = projectSpec();
const abi = uapi(spec);
const device = 'emu0';
const create = (object: string, attributes = {}) => abi.encode(abi.draft({ object, method: 'create', attributes }));
const handleIn = (message: Uint8Array): number => message[4] ?? 0;

async function opened() {
  const backend = emulator({ spec, model: 'verbs', seed: 1, abi: 'uapi' });
  const process = await backend.process();
  const answer = await process.open('/dev/infiniband/uverbs0');
  const fd = answer.ok ? answer.value : -1;
  return { backend, send: (encoded: ReturnType<typeof create>) => process.ioctl({ fd, ...encoded }) };
}

describe('a chain with an element that stands still', () => {
  const stall = (object: string): Control => ({ action: 'stall', device, object, method: 'create', point: 'admitted' });
  const chain = () => CHAINS.join([create('pd'), create('cq', { cqe: 4, comp_vector: 0 }), create('pd')]);

  it('goes on where it stood, and does nothing twice', async () => {
    const { backend, send } = await opened();
    await backend.control(stall('cq'));
    const three = chain();
    const running = send(three);
    expect(CHAINS.elements(three).map(({ done }) => done)).toEqual([true, false, false]);
    await backend.control({ action: 'release', device });
    expect((await running).ok).toBe(true);
    expect(CHAINS.elements(three).map(({ done, message }) => [done, handleIn(message)])).toEqual([
      [true, 1],
      [true, 1],
      [true, 2],
    ]);
    const next = create('pd');
    await send(next);
    expect(handleIn(next.regions[0]?.bytes ?? new Uint8Array())).toBe(3);
    expect((await backend.reset()).leaked).toEqual({});
  });

  it('is one running call for a device that is to go', async () => {
    const { backend, send } = await opened();
    await backend.control(stall('cq'));
    const running = send(chain());
    const leaving = backend.control({ action: 'remove', device });
    await backend.control({ action: 'release', device });
    expect((await running).ok).toBe(true);
    expect((await leaving).ok).toBe(true);
    const later = chain();
    expect(await send(later)).toEqual({ ok: false, errno: ERRNO.EIO });
    expect(CHAINS.elements(later).map(({ errno }) => errno)).toEqual([ERRNO.EIO, 0, 0]);
  });
});
