/** The write commands that post and poll: what Linux looks at before the driver does, and where completions are put. */
import { describe, expect, it } from 'vitest';
import type { Call } from '../../../../spec/abi/abi.ts';
import { CAP, Caller, testSpec, verbs, withRequest } from './caller.ts';

const spec = testSpec();
/** Offsets in CORE_IN: words of the request, then the work request. */
const [WORKS, PIECES, SIZE, WORK] = [12, 16, 20, 24];
const SENT = { wr_id: 7n, opcode: 'SEND', send_flags: ['SIGNALED'], sg_list: [] };
/** What each type needs in INIT besides its port. */
const INIT: Readonly<Record<string, Call['attributes']>> = {
  RC: { pkey_index: 0, access_flags: [] },
  UD: { pkey_index: 0, qkey: 2 },
};
const TO = { remote_qpn: 1, remote_qkey: 2 };

interface Ready {
  readonly caller: Caller;
  readonly cq: number;
  readonly send: Call;
  readonly receive: Call;
}

/** A queue pair of `type` in ERR, where work is taken and comes back at once. */
async function ready(type: string): Promise<Ready> {
  const caller = await Caller.open(spec, verbs(spec));
  const pd = await caller.create('pd');
  const cq = await caller.create('cq', { cqe: 8, comp_vector: 0 });
  const on = await caller.create('qp', { pd, send_cq: cq, recv_cq: cq, cap: CAP }, type);
  const qp = { object: 'qp', variant: type, on };
  for (const attributes of [{ state: 'INIT', port: 1, ...INIT[type] }, { state: 'ERR' }])
    expect(await caller.call({ ...qp, method: 'modify', attributes })).toMatchObject({ handle: on });
  return {
    caller,
    cq,
    send: { ...qp, method: 'post_send', attributes: SENT },
    receive: { ...qp, method: 'post_recv', attributes: { wr_id: 8n, sg_list: [] } },
  };
}

const poll = (cq: number, most: number): Call => ({
  object: 'cq',
  method: 'poll',
  on: cq,
  attributes: {},
  room: { completions: 48 * most, count: 0 },
});
const saying = (at: number, value: number, more = 0) =>
  withRequest((view) => {
    view.setUint32(at, value, true);
  }, more);

describe('a command that posts', () => {
  it.each([
    ['sends more work requests than there are', saying(WORKS, 2), 'ENOSPC', 'ENOSPC'],
    ['speaks of more pieces than there are', saying(PIECES, 1), 'ENOSPC', 'ENOSPC'],
    ['has a work request above the piece count', saying(WORK + 8, 1), 'EINVAL', 'EINVAL'],
    ['has work requests too small', saying(SIZE, 8, 8), 'EOPNOTSUPP', 'EINVAL'],
    ['has work requests of no size', saying(SIZE, 0), 'EOPNOTSUPP', 'EINVAL'],
    ['is followed by something', saying(WORK + 56, 1, 8), 'EOPNOTSUPP', ''],
    ['has many work requests', saying(WORKS, 2, 56), 'EINVAL', ''],
    ['has larger work requests than known', saying(SIZE, 64, 8), 'ok', ''],
  ])('that %s is judged as Linux does', async (_words, change, sent, received) => {
    const { caller, send, receive } = await ready('RC');
    const told = (outcome: Awaited<ReturnType<Caller['call']>>): string =>
      typeof outcome === 'string' ? outcome : 'ok';
    expect(told(await caller.call(send, change))).toBe(sent);
    if (received !== '') expect(told(await caller.call(receive, change))).toBe(received);
  });

  it('looks for its queue pair after the size of a receive and before the pieces of a send', async () => {
    const { caller, send, receive } = await ready('RC');
    const pieces = saying(WORK + 8, 1);
    expect(await caller.call({ ...send, on: 99 }, pieces)).toBe('ENOENT');
    expect(await caller.call({ ...receive, on: 99 }, pieces)).toBe('EINVAL');
  });

  it('names an address handle for a datagram', async () => {
    const { caller, cq, send } = await ready('UD');
    const to = (ah: number): Call => ({ ...send, attributes: { ...SENT, ...TO, ah } });
    expect(await caller.call(to(99))).toBe('ENOENT');
    expect(await caller.call(to(cq))).toBe('EINVAL');
  });

  it('is there for what the device has a data path for', async () => {
    const { caller, send } = await ready('RAW_PACKET');
    expect(await caller.call(send)).toBe('EOPNOTSUPP');
  });
});

describe('a command that polls', () => {
  it('takes as many completions as it has room for, the oldest first', async () => {
    const { caller, cq, send, receive } = await ready('RC');
    await caller.call(send);
    await caller.call(receive);
    await caller.call(send);
    const flushed = { status: 5 };
    expect(await caller.call(poll(cq, 2))).toMatchObject({
      attributes: {
        count: 2,
        completions: [
          { wr_id: 7n, ...flushed },
          { wr_id: 8n, ...flushed },
        ],
      },
    });
    expect(await caller.call(poll(cq, 4))).toMatchObject({ attributes: { count: 1, completions: [{ wr_id: 7n }] } });
    expect(await caller.call(poll(cq, 4))).toMatchObject({ attributes: { count: 0, completions: [] } });
  });

  it('faults where the answer is longer than the memory for it, and the completions are gone', async () => {
    const { caller, cq, send } = await ready('RC');
    await caller.call(send);
    expect(await caller.call(poll(cq, 0), saying(12, 1))).toBe('EFAULT');
    expect(await caller.call(poll(cq, 1))).toMatchObject({ attributes: { count: 0 } });
  });
});
