import { beforeEach, describe, expect, it } from 'vitest';
import type { Value } from '../../spec/abi/abi.ts';
import { ERRNO } from '../../spec/errno.ts';
import { BareDevice } from './bare_device.ts';
import { gidOf, type CmId } from './core/connections.ts';
import type { Context } from './core/context.ts';

const LAST_SERVICE = 0xffff;
let bare: BareDevice;
let file: Context;

beforeEach(() => {
  bare = new BareDevice();
  file = bare.open();
});

function made(portSpace = 'TCP'): number {
  return bare.make(file, { object: 'cm_id', method: 'create', attributes: { port_space: portSpace } });
}

function errno(on: number, method: string, attributes: Readonly<Record<string, Value>> = {}): number {
  return bare.errno(file, { object: 'cm_id', method, on, attributes });
}

function at(port: number, service: number): Readonly<Record<string, Value>> {
  const { high, low } = gidOf(bare.device.model, port);
  return { gid_high: high, gid_low: low, service };
}

function boundOne(): Iterable<CmId> {
  expect(errno(made(), 'bind', at(1, 1))).toBe(0);
  return bare.device.connections.bound;
}

describe('addresses of connection identifiers', () => {
  it('are of one port and of one space', () => {
    expect(errno(made(), 'bind', at(1, 7))).toBe(0);
    expect(errno(made(), 'bind', at(1, 7))).toBe(ERRNO.EADDRINUSE);
    expect(errno(made(), 'bind', at(2, 7))).toBe(0);
    expect(errno(made('IB'), 'bind', at(1, 7))).toBe(0);
    expect(errno(made(), 'bind', { gid_high: 0n, gid_low: 0n, service: 7 })).toBe(ERRNO.EADDRINUSE);
    expect(errno(made(), 'bind', at(3, 7))).toBe(ERRNO.EADDRNOTAVAIL);
  });

  it('are given up with the id, and with its file', () => {
    const id = made();
    expect(errno(id, 'bind', at(1, 7))).toBe(0);
    expect(errno(id, 'destroy')).toBe(0);
    expect(bare.device.connections.bound.size).toBe(0);
    expect(errno(made(), 'bind', at(1, 7))).toBe(0);
    for (const instance of [...file.instances]) file.detach(instance);
    expect(bare.device.connections.bound.size).toBe(0);
  });

  it('have services from 1 to the last one, and again', () => {
    const { connections } = bare.device;
    expect(errno(made(), 'bind', at(1, 1))).toBe(0);
    const chosen = Array.from({ length: LAST_SERVICE - 1 }, () => connections.freeService());
    expect([chosen[0], chosen.at(-1), new Set(chosen).size]).toEqual([2, LAST_SERVICE, LAST_SERVICE - 1]);
    expect(connections.freeService()).toBe(2);
  });

  it('run out', () => {
    const { connections } = bare.device;
    const [first] = boundOne();
    for (let service = 2; service <= LAST_SERVICE; service += 1) connections.bound.add({ ...(first as CmId), service });
    expect(connections.freeService()).toBe(0);
    expect(errno(made(), 'bind', at(1, 0))).toBe(ERRNO.EADDRNOTAVAIL);
  });

  it('lead to the port that has them, as long as the device is there', () => {
    const { connections } = bare.device;
    expect(connections.portAt(bare.device, gidOf(bare.device.model, 2))?.number).toBe(2);
    bare.device.removed = true;
    expect(connections.portAt(bare.device, gidOf(bare.device.model, 2))).toBeUndefined();
  });
});
