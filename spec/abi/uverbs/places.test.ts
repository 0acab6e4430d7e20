import { describe, expect, it } from 'vitest';
import { projectSpec } from '../../project_spec.ts';
import type { Call, NamedCall, Patch } from '../abi.ts';
import { abiOf } from '../registry.ts';

const ABI = abiOf(projectSpec(), 'uverbs');

function namesOf(call: Call): NamedCall {
  const { request, regions, patches } = ABI.encode(ABI.draft(call));
  const named = ABI.names?.ioctl(request, { regions: regions.map(({ bytes }) => bytes), patches });
  if (named === undefined) throw new Error('no table describes it');
  return named;
}

/** `use of@region+offset`, the object that the call is about marked. */
function placesOf(call: Call): string[] {
  return namesOf(call).places.map(
    ({ use, of, region, offset, target }) => `${use} ${of}@${String(region)}+${String(offset)}${target ? '!' : ''}`,
  );
}

describe('what a message names', () => {
  it('are the handles in attributes, and the number that the reply gives', () => {
    const attributes = { pd: 1, send_cq: 1, recv_cq: 1, cap: { max_send_wr: 1n }, user_handle: 1n };
    // All handles are 1: it is the place that counts.
    const places = placesOf({ object: 'qp', variant: 'RC', method: 'create', attributes, room: { qpn: 0 } });
    expect(places).toEqual(['made qp@0+32', 'used pd@0+48', 'used cq@0+64', 'used cq@0+80', 'made qpn@3+0']);
  });

  it('are fields of the structs of write commands, also behind the fixed part', () => {
    expect(placesOf({ object: 'pd', method: 'create', attributes: {} })).toEqual(['made pd@1+0']);
    expect(
      placesOf({ object: 'qp', variant: 'RC', method: 'modify', on: 7, attributes: { state: 'INIT', dest_qpn: 7 } }),
    ).toEqual(['used qp@1+64!', 'used qpn@1+84']);
    expect(placesOf({ object: 'rwq_ind_tbl', method: 'create', attributes: { wqs: [4, 5] } })).toEqual([
      'used wq@1+8',
      'used wq@1+12',
      'made rwq_ind_tbl@2+8',
    ]);
    const piece = { addr: 0x1000n, length: 8, lkey: 7 };
    const work = { wr_id: 1n, opcode: 'SEND', send_flags: [], ah: 7, remote_qpn: 7, remote_qkey: 7, sg_list: [piece] };
    expect(placesOf({ object: 'qp', variant: 'UD', method: 'post_send', on: 7, attributes: work })).toEqual([
      'used qp@1+8!',
      'used ah@1+48',
      'used qpn@1+52',
      'used memory@1+80',
      'used lkey@1+92',
    ]);
  });

  it('are descriptors, and what a destroy ends', () => {
    const attributes = { cqe: 4, user_handle: 1n, comp_vector: 0, comp_channel: 8 };
    const { places } = namesOf({ object: 'cq', method: 'create', attributes });
    expect(places.map(({ names }) => names)).toEqual(['handle', 'fd']);
    expect(placesOf({ object: 'pd', method: 'destroy', on: 3, attributes: {} })).toEqual(['ended pd@0+32!']);
  });

  it('tells queries from what changes something, and where their values lie', () => {
    const query = namesOf({ object: 'qp', variant: 'RC', method: 'query', on: 7, attributes: {}, room: { state: 0 } });
    expect(query.observes).toBe(true);
    const state = query.outputs.find(({ name }) => name === 'qp_state');
    expect(state).toMatchObject({ region: 2, offset: 108, bytes: 1, carries: ['state'] });
    expect(state?.words?.['RTS']).toBe(3);
    expect(namesOf({ object: 'pd', method: 'create', attributes: {} }).observes).toBe(false);
  });

  it('are those of a command sent by write, whose response lies where the request says', () => {
    const bytes = new Uint8Array(16);
    const view = new DataView(bytes.buffer);
    view.setUint32(0, 3, true);
    view.setUint16(4, 4, true);
    view.setUint16(6, 1, true);
    const patches: Patch[] = [{ into: 0, offset: 8, region: 1, target: 0 }];
    const named = ABI.names?.write({ regions: [bytes, new Uint8Array(4)], patches });
    expect(named).toMatchObject({ object: 'pd', method: 'create', places: [{ region: 1, offset: 0, use: 'made' }] });
  });

  it('are of the object that the command makes, whoever takes the command', () => {
    const bytes = new Uint8Array(16);
    new DataView(bytes.buffer).setUint16(6, 2, true);
    const patches: Patch[] = [{ into: 0, offset: 8, region: 1, target: 0 }];
    const named = ABI.names?.write({ regions: [bytes, new Uint8Array(8)], patches });
    expect(named).toMatchObject({ object: 'device', method: 'get_context' });
    expect(named?.places).toMatchObject([{ names: 'fd', of: 'async_event', use: 'made', region: 1, offset: 0 }]);
  });

  it('are none in bytes that no table describes', () => {
    expect(ABI.names?.ioctl(0xc0181b01, { regions: [new Uint8Array(24).fill(0xff)], patches: [] })).toBeUndefined();
    expect(ABI.names?.ioctl(0xc0181b01, { regions: [new Uint8Array(3)], patches: [] })).toBeUndefined();
    expect(ABI.names?.ioctl(1, { regions: [], patches: [] })).toBeUndefined();
    expect(ABI.names?.write({ regions: [new Uint8Array(8).fill(0xff)], patches: [] })).toBeUndefined();
  });
});
