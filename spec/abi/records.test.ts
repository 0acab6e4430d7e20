import { describe, expect, it } from 'vitest';
import { projectSpec } from '../project_spec.ts';
import { uapi } from './uapi/uapi.ts';
import { uverbs } from './uverbs/uverbs.ts';

const spec = projectSpec();

/** Written down independently of the tables: the kernel's numbers, and what each event is about. */
const EVENTS =
  `0 CQ_ERR CQ, 1 QP_FATAL QP, 2 QP_REQ_ERR QP, 3 QP_ACCESS_ERR QP, 4 COMM_EST QP, 5 SQ_DRAINED QP, 6 PATH_MIG QP,
7 PATH_MIG_ERR QP, 8 DEVICE_FATAL DEVICE, 9 PORT_ACTIVE PORT, 10 PORT_ERR PORT, 11 LID_CHANGE PORT, 12 PKEY_CHANGE PORT,
13 SM_CHANGE PORT, 14 SRQ_ERR SRQ, 15 SRQ_LIMIT_REACHED SRQ, 16 QP_LAST_WQE_REACHED QP, 17 CLIENT_REREGISTER PORT,
18 GID_CHANGE PORT, 19 WQ_FATAL WQ, 64 COMPLETION CQ,
128 CM_ADDR_RESOLVED CM_ID, 129 CM_ADDR_ERROR CM_ID, 130 CM_ROUTE_RESOLVED CM_ID, 131 CM_ROUTE_ERROR CM_ID,
132 CM_CONNECT_REQUEST CM_ID, 135 CM_UNREACHABLE CM_ID, 136 CM_REJECTED CM_ID, 137 CM_ESTABLISHED CM_ID,
138 CM_DISCONNECTED CM_ID, 139 CM_DEVICE_REMOVAL CM_ID`
    .split(/,\s+/)
    .map((line) => line.split(' '));

function bytesOf(hex: string): Uint8Array {
  return Uint8Array.from(Buffer.from(hex.replaceAll(' ', ''), 'hex'));
}

/** Events of drivers have it set; the kernel knows none of them. */
const DRIVER_BIT = 0x80000000;

describe('the table of events', () => {
  it('has the numbers of the kernel and says what each is about', () => {
    const table = Object.entries(spec.enums['event'] ?? {});
    const ofCore = table.filter(([, number]) => number < DRIVER_BIT);
    expect(ofCore.map(([event, number]) => [String(number), event, spec.affiliations[event]])).toEqual(EVENTS);
  });

  it('names kinds by the numbers of their classes', () => {
    for (const [source, number] of Object.entries(spec.enums['event_source'] ?? {})) {
      const table = spec.objects[source.toLowerCase()];
      const id = typeof table?.classId === 'object' ? Object.values(table.classId)[0] : table?.classId;
      if (table !== undefined) expect(number).toBe(id);
    }
  });
});

describe('records of uapi', () => {
  const abi = uapi(spec);

  it('have 16 bytes on every channel and name the class', () => {
    expect(['comp_channel', 'async_event', 'event_channel'].map((channel) => abi.recordBytes(channel))).toEqual([
      16, 16, 16,
    ]);
    expect(abi.record('async_event', bytesOf('1000 0000 05000000 0807060504030201'))).toEqual({
      event: 'SQ_DRAINED',
      element: 0x0102030405060708n,
      object: 'qp',
      reserved: 0,
    });
    expect(abi.record('comp_channel', bytesOf('0500 0000 40000000 2a00000000000000'))).toMatchObject({
      event: 'COMPLETION',
      object: 'cq',
      element: 42n,
    });
  });

  it('show what they do not know, and what should be zero', () => {
    expect(abi.record('event_channel', bytesOf('ff7f 0300 e7030000 0000000000000000'))).toEqual({
      event: '999',
      element: 0n,
      object: 'class 32767',
      reserved: 3,
    });
    expect(() => abi.record('event_channel', new Uint8Array(15))).toThrow('16 bytes, here are 15');
  });
});

describe('records of uverbs', () => {
  const abi = uverbs(spec);

  it('have the layout of the kernel', () => {
    expect([abi.recordBytes('comp_channel'), abi.recordBytes('async_event')]).toEqual([8, 16]);
    expect(abi.record('async_event', bytesOf('0200000000000000 0a000000 00000000'))).toEqual({
      event: 'PORT_ERR',
      element: 2n,
      reserved: 0,
    });
    expect(abi.record('comp_channel', bytesOf('2a00000000000000'))).toEqual({
      event: 'COMPLETION',
      element: 42n,
      reserved: 0,
    });
    expect(abi.record('async_event', bytesOf('0200000000000000 15000000 01000000'))).toMatchObject({
      event: '21',
      reserved: 1,
    });
  });

  it('are of two kinds of channels, and whole', () => {
    expect(() => abi.recordBytes('event_channel')).toThrow('no records of event_channel');
    expect(() => abi.record('comp_channel', new Uint8Array(16))).toThrow('8 bytes, here are 16');
  });
});
