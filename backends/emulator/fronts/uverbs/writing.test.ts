import { describe, expect, it } from 'vitest';
import type { Call, Reply } from '../../../../spec/abi/abi.ts';
import type { Frame } from '../../../../spec/abi/native.ts';
import { ERRNO, errnoName } from '../../../../spec/errno.ts';
import { O_RDONLY } from '../../../backend.ts';
import { CAP, Caller, connected, testSpec, verbs } from './caller.ts';

const spec = testSpec();
const ALLOC_PD: Call = { object: 'pd', method: 'create', attributes: {} };

const open = (options?: Parameters<typeof Caller.open>[2]): Promise<Caller> => Caller.open(spec, verbs(spec), options);

const native = (caller: Caller) => {
  if (caller.abi.native === undefined) throw new Error('uverbs has write commands');
  return caller.abi.native;
};

/** The reply of a command by write, or the name of its errno. */
async function write(
  caller: Caller,
  name: string,
  call: Call,
  change: (frame: Frame) => Frame = (frame) => frame,
): Promise<Reply | string> {
  const own = native(caller);
  const sent = own.written(change(own.frame(name, own.command(name, call))));
  const answer = await caller.process.write({ fd: caller.fd, ...sent });
  if (answer.ok) expect(answer.value).toBe(sent.regions[0]?.bytes.length);
  return answer.ok ? own.answered(name, call, sent) : errnoName(answer.errno);
}

describe('a command by write', () => {
  it('does what the method and INVOKE_WRITE do', async () => {
    const caller = await open();
    const made = await write(caller, 'alloc_pd', ALLOC_PD);
    expect(made).toMatchObject({ handle: 0 });
    const cq: Call = { object: 'cq', method: 'create', attributes: { cqe: 10, comp_vector: 0 }, room: { cqe: 0 } };
    expect(await write(caller, 'create_cq', cq)).toMatchObject({ handle: 1, attributes: { cqe: 16 } });
    const qp: Call = {
      object: 'qp',
      variant: 'RC',
      method: 'create',
      attributes: { pd: 0, send_cq: 1, recv_cq: 1, cap: CAP },
      room: { qpn: 0 },
    };
    const queuePair = await write(caller, 'create_qp', qp);
    expect(queuePair).toMatchObject({ handle: 2 });
    const init = { state: 'INIT', pkey_index: 0, port: 1, access_flags: [] };
    const modify: Call = { object: 'qp', variant: 'RC', method: 'modify', on: 2, attributes: init };
    expect(await write(caller, 'modify_qp', modify)).toMatchObject({ handle: 2 });
    const query: Call = { object: 'qp', variant: 'RC', method: 'query', on: 2, attributes: {}, room: { state: 0 } };
    expect(await write(caller, 'query_qp', query)).toMatchObject({ attributes: { state: 'INIT' } });
    expect(await caller.call(query)).toMatchObject({ attributes: { state: 'INIT' } });
    const gone = (object: string, on: number): Call => ({ object, method: 'destroy', on, attributes: {} });
    expect(await write(caller, 'destroy_qp', gone('qp', 2))).toMatchObject({ handle: 2 });
    expect(await caller.call(gone('cq', 1))).toMatchObject({ handle: 1 });
    expect(await write(caller, 'dealloc_pd', gone('pd', 0))).toMatchObject({ handle: 0 });
    expect(await write(caller, 'dealloc_pd', gone('pd', 0))).toBe('ENOENT');
  });

  it('opens the context and makes a channel', async () => {
    const caller = await open({ greet: false });
    expect(await write(caller, 'alloc_pd', ALLOC_PD)).toBe('EINVAL');
    const made = await write(caller, 'get_context', { object: 'async_event', method: 'create_fd', attributes: {} });
    expect(made).toMatchObject({ handle: caller.fd + 1 });
    expect(await write(caller, 'alloc_pd', ALLOC_PD)).toMatchObject({ handle: 0 });
    expect(await write(caller, 'get_context', { object: 'async_event', method: 'create_fd', attributes: {} })).toBe(
      'EINVAL',
    );
  });

  it.each<[string, string, (frame: Frame) => Frame, string]>([
    ['cut below the header', 'alloc_pd', (frame) => ({ ...frame, cut: 7 }), 'EINVAL'],
    ['told too long', 'alloc_pd', (frame) => ({ ...frame, inWords: 5 }), 'EINVAL'],
    ['without its request', 'alloc_pd', (frame) => ({ ...frame, request: new Uint8Array(4) }), 'ENOSPC'],
    ['without room', 'alloc_pd', (frame) => ({ ...frame, room: 0 }), 'ENOSPC'],
    ['without an address', 'alloc_pd', (frame) => ({ ...frame, address: 'zero' }), 'EFAULT'],
    ['of a number nobody has', 'alloc_pd', (frame) => ({ ...frame, word: 22 }), 'EOPNOTSUPP'],
    ['of a number above all', 'alloc_pd', (frame) => ({ ...frame, word: 200 }), 'EOPNOTSUPP'],
    ['with more bits', 'alloc_pd', (frame) => ({ ...frame, word: frame.word | 0x100 }), 'EINVAL'],
    ['extended, cut below its header', 'query_device_ex', (frame) => ({ ...frame, cut: 16 }), 'EINVAL'],
    ['extended, with its reserved field set', 'query_device_ex', (frame) => ({ ...frame, reserved: 1 }), 'EINVAL'],
    ['extended, without an address', 'query_device_ex', (frame) => ({ ...frame, address: 'zero' }), 'EINVAL'],
    ['extended, without room', 'query_device_ex', (frame) => ({ ...frame, outWords: 0 }), 'EINVAL'],
    ['extended, of a number nobody has', 'query_device_ex', (frame) => ({ ...frame, word: 0x80000002 }), 'EINVAL'],
    ['with a tail', 'query_device', (frame) => ({ ...frame, driver: new Uint8Array([0, 0, 0, 1]) }), 'EOPNOTSUPP'],
  ])('%s is refused', async (_what, name, change, errno) => {
    const caller = await open();
    const call: Call = name === 'alloc_pd' ? ALLOC_PD : { object: 'device', method: 'query', attributes: {} };
    expect(await write(caller, name, call, change)).toBe(errno);
    expect(await write(caller, name, call)).toMatchObject({ handle: 0 });
  });

  it('reads beyond a DESTROY_CQ of sixteen bytes', async () => {
    const caller = await open();
    const { cq } = await connected(caller);
    const gone: Call = { object: 'cq', method: 'destroy', on: cq, attributes: {} };
    expect(await write(caller, 'destroy_cq', gone, (frame) => ({ ...frame, inWords: 4, cut: 16 }))).toBe('EFAULT');
  });

  it('is taken from the process that opened the file, for writing', async () => {
    const caller = await open();
    const own = native(caller);
    const sent = () => own.written(own.frame('alloc_pd', own.command('alloc_pd', ALLOC_PD)));
    const child = await caller.process.fork();
    expect(await child.write({ fd: caller.fd, ...sent() })).toEqual({ ok: false, errno: ERRNO.EACCES });
    const reading = await caller.process.open('/dev/infiniband/uverbs0', O_RDONLY);
    const fd = reading.ok ? reading.value : -1;
    expect(await caller.process.write({ fd, ...sent() })).toEqual({ ok: false, errno: ERRNO.EBADF });
  });
});
