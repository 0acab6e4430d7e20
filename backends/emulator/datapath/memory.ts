/** Memory that work requests reach by the keys of regions: found, judged, read and written piece by piece. */
import type { Spec } from '../../../spec/model.ts';
import type { MrState } from '../classes/mr_state.ts';
import type { Device } from '../core/device.ts';
import type { Instance } from '../core/instance.ts';
import type { Rule } from '../rules.ts';
import type { Piece } from './work.ts';

/** One piece that a work request wants to read or to write; rules answer the status of its completion. */
export interface Reach {
  readonly device: Device;
  /** The protection domain of the work request. */
  readonly pd: Instance | undefined;
  readonly piece: Piece;
  readonly writes: boolean;
}

export function memoryRules(spec: Spec): Readonly<Record<string, readonly Rule<Reach>[]>> {
  const refusal = spec.enums['wc_status']?.['LOC_PROT_ERR'] ?? 4;
  const writable = spec.flags['mr_access']?.['LOCAL_WRITE'] ?? 1;
  const judged = (clause: string, writes: boolean, wrong: (region: MrState, reach: Reach) => boolean): Rule<Reach> => ({
    clause,
    apply: (reach) => {
      const region = regionOf(reach);
      return reach.writes === writes && region !== undefined && wrong(region, reach) ? refusal : 0;
    },
  });
  const either = (clause: (writes: boolean) => string, wrong: (region: MrState, reach: Reach) => boolean) =>
    [false, true].map((writes) => judged(clause(writes), writes, wrong));
  const unknown = (clause: string, writes: boolean): Rule<Reach> => ({
    clause,
    apply: (reach) => (reach.writes === writes && regionOf(reach) === undefined ? refusal : 0),
  });
  const clauses = (what: string) => (writes: boolean) => `${writes ? 'recv' : 'send'}-${what}`;
  return {
    'memory.reach': [
      unknown('send-lkey', false),
      unknown('recv-lkey', true),
      ...either(clauses('domain'), (region, { pd }) => region.pd !== pd),
      ...either(clauses('range'), (region, { piece }) => outside(region, piece)),
      judged('recv-write-access', true, (region) => (region.access & writable) === 0),
    ],
  };
}

function regionOf({ device, piece }: Reach): MrState | undefined {
  return device.lkeys.get(piece.lkey)?.state;
}

function outside({ iova, length }: MrState, piece: Piece): boolean {
  return piece.addr < iova || piece.addr + BigInt(piece.length) > iova + length;
}

/** The bytes of a piece that was judged; undefined where nothing is mapped there. */
export function read(device: Device, piece: Piece): Uint8Array | undefined {
  const region = device.lkeys.get(piece.lkey)?.state;
  return region?.memory?.load(addressIn(region, piece), piece.length);
}

/** False where nothing is mapped there. */
export function write(device: Device, piece: Piece, bytes: Uint8Array): boolean {
  const region = device.lkeys.get(piece.lkey)?.state;
  return region?.memory?.store(addressIn(region, piece), bytes) === true;
}

function addressIn({ start, iova }: MrState, { addr }: Piece): bigint {
  return start + (addr - iova);
}
