import { describe, expect, it } from 'vitest';
import type { AbiId } from '../model.ts';
import { projectSpec } from '../project_spec.ts';
import type { Call, Cell } from './abi.ts';
import { filled, valueText } from './cells.ts';
import { abiOf } from './registry.ts';

const SPEC = projectSpec();

function diagram(
  abi: AbiId,
  call: Partial<Call> & Pick<Call, 'object' | 'method'>,
): ReturnType<ReturnType<typeof abiOf>['diagram']> {
  return abiOf(SPEC, abi).diagram({ attributes: {}, ...call });
}

const names = (cells: readonly Cell[]): string[] =>
  cells.map(({ name, at, bytes }) => `${name}@${String(at)}+${String(bytes)}`);

describe('diagram', () => {
  it('shows a uapi message from its header to the padding behind the last value', () => {
    const shown = diagram('uapi', { object: 'cq', method: 'modify', on: 7, attributes: { cqe: 16 } });
    expect(shown).toMatchObject({ name: 'cq.modify', bytes: 24, buffers: [] });
    expect(names(shown.cells)).toEqual([
      'length@0+2',
      'class_id@2+2',
      'object_id@4+4',
      'length@8+2',
      'id@10+2',
      'flags@12+2',
      'reserved@14+2',
      'cqe@16+4',
      'padding@20+4',
    ]);
    expect(shown.cells.find(({ name }) => name === 'object_id')?.value).toBe('7');
  });

  it('takes a uapi struct apart by its fields', () => {
    const attributes = { path_ib: { dlid: 5, port: 1 } };
    const { cells } = diagram('uapi', { object: 'qp', variant: 'RC', method: 'modify', on: 1, attributes });
    expect(cells.filter(({ name }) => name.startsWith('path_ib.')).length).toBe(SPEC.structs['path_ib']?.fields.length);
    expect(cells.find(({ name }) => name === 'path_ib.dlid')?.value).toBe('5');
  });

  it('shows what a uverbs message points to by the layout of the command inside', () => {
    const shown = diagram('uverbs', {
      object: 'qp',
      variant: 'RC',
      method: 'modify',
      on: 9,
      attributes: { state: 'INIT' },
    });
    expect(shown.name).toBe('device.invoke_write(modify_qp_ex)');
    expect(shown.buffers.map(({ title }) => title)).toEqual([
      'CORE_IN: struct ib_uverbs_ex_modify_qp',
      'CORE_OUT: struct ib_uverbs_ex_modify_qp_resp',
    ]);
    expect(shown.buffers[0]?.cells.find(({ name }) => name.endsWith('qp_handle'))?.value).toBe('9');
    expect(shown.cells.find(({ name }) => name === 'CORE_IN')?.value).toBe('address of CORE_IN');
  });
});

describe('filled', () => {
  it('names what lies between cells, before them and behind them', () => {
    const cell: Cell = { name: 'x', value: '1', at: 2, bytes: 2, part: 'value' };
    expect(names(filled([{ ...cell, name: 'y', at: 6 }, cell], 10))).toEqual([
      'padding@0+2',
      'x@2+2',
      'padding@4+2',
      'y@6+2',
      'padding@8+2',
    ]);
  });

  it('writes short numbers as such and long ones as how many bytes they are', () => {
    expect(
      [[1, 1], [0, 0, 1], [...new Array<number>(9).fill(0)], []].map((bytes) => valueText(Uint8Array.from(bytes))),
    ).toEqual(['257', '0x10000', '9 bytes', '0 bytes']);
  });
});
