import { describe, expect, it } from 'vitest';
import { packageRoot } from '../compile/files.ts';
import { compileQpStates } from '../compile/qp_states.ts';
import { compileTypes } from '../compile/types.ts';
import type { QpStates } from '../model.ts';
import { collector, type Problem } from '../problem.ts';

/**
 * required/optional masks without STATE, typed from the kernel's table and not from ours (core/verbs.c qp_state_table,
 * Linux 6.12), so that a slip in one of the two shows. Legal pairs that are not listed are 0/0.
 */
const COLUMNS = ['RC', 'UC', 'UD', 'XRC_INI', 'XRC_TGT', 'RAW_PACKET', 'SMI'] as const;
const MASKS: Readonly<Record<string, readonly string[]>> = {
  'RESET->INIT': ['38/0', '38/0', '70/0', '38/0', '38/0', '20/0', '50/0'],
  'INIT->INIT': ['0/38', '0/38', '0/70', '0/38', '0/38', '0/0', '0/50'],
  'INIT->RTR': ['129180/4018', '101180/4018', '0/50', '101180/4018', '129180/4018', '0/0', '0/50'],
  'RTR->RTS': ['12e00/4c00a', '10000/4400a', '10000/42', '12e00/4400a', '10200/4c00a', '0/2000000', '10000/42'],
  'RTS->RTS': ['0/4c00a', '0/4400a', '0/42', '0/4400a', '0/4c00a', '0/2000000', '0/42'],
  'RTS->SQD': ['0/4', '0/4', '0/4', '0/4', '0/4', '0/0', '0/4'],
  'SQD->RTS': ['0/4c00a', '0/4400a', '0/42', '0/4400a', '0/4c00a', '0/0', '0/42'],
  'SQD->SQD': ['0/6eeb8', '0/44098', '0/50', '0/46eb8', '0/6c2b8', '0/0', '0/50'],
  'SQE->RTS': ['0/0', '0/a', '0/42', '0/0', '0/0', '0/0', '0/42'],
};

const STATES = ['RESET', 'INIT', 'RTR', 'RTS', 'SQD', 'SQE', 'ERR'];
const LEGAL: Readonly<Record<string, string>> = {
  RESET: 'RESET INIT',
  INIT: 'RESET INIT RTR ERR',
  RTR: 'RESET RTS ERR',
  RTS: 'RESET RTS SQD ERR',
  SQD: 'RESET RTS SQD ERR',
  SQE: 'RESET RTS ERR',
  ERR: 'RESET ERR',
};

const TYPES = [...COLUMNS, 'GSI'];
const USER_TYPES = TYPES.filter((type) => type !== 'SMI' && type !== 'GSI');

function compiled(): { qp: QpStates; problems: readonly Problem[] } {
  const problems: Problem[] = [];
  const report = collector(problems);
  const root = packageRoot();
  const qp = compileQpStates(root, compileTypes(root, report), report);
  if (qp === undefined) throw new Error('spec/objects/qp_states.yaml does not compile');
  return { qp, problems };
}

/** The masks of the compiled core table for one pair, in the notation above. */
function masks(qp: QpStates, type: string, pair: string): string {
  const { required = 0, optional = 0 } = qp.tables['core']?.types[type]?.[pair] ?? {};
  return `${required.toString(16)}/${optional.toString(16)}`;
}

function bitCount(mask: number): number {
  return mask.toString(2).replaceAll('0', '').length;
}

describe('the queue-pair tables', () => {
  const { qp, problems } = compiled();

  it('compile without problems', () => {
    expect(problems).toEqual([]);
  });

  it('number states and bits as the kernel does', () => {
    expect(qp.states).toEqual(STATES);
    expect(Object.values(qp.bits)).toEqual([...Array(21).keys(), 25]);
    expect([qp.bits['STATE'], qp.bits['AV'], qp.bits['DEST_QPN'], qp.bits['RATE_LIMIT']]).toEqual([0, 7, 20, 25]);
    expect([...qp.types].sort()).toEqual([...TYPES].sort());
  });

  it('have 22 legal pairs, the same in every table but that of iWARP', () => {
    const expected = Object.fromEntries(Object.entries(LEGAL).map(([from, to]) => [from, to.split(' ')]));
    expect(Object.values(expected).flat()).toHaveLength(22);
    const { iwarp, ...others } = qp.tables;
    expect(iwarp).toBeDefined();
    for (const table of Object.values(others)) expect(table.legal).toEqual(expected);
  });

  it.each(TYPES)('have the masks of the kernel for %s', (type) => {
    const column = COLUMNS.findIndex((one) => one === (type === 'GSI' ? 'SMI' : type));
    for (const from of STATES) {
      for (const to of STATES) {
        const pair = `${from}->${to}`;
        expect(`${pair} ${masks(qp, type, pair)}`).toBe(`${pair} ${MASKS[pair]?.[column] ?? '0/0'}`);
      }
    }
  });

  it.each([
    ['RC', 56, 14, 392],
    ['UC', 48, 8, 406],
    ['UD', 38, 4, 420],
    ['XRC_INI', 51, 12, 399],
    ['XRC_TGT', 53, 11, 398],
    ['RAW_PACKET', 24, 1, 439],
    ['SMI', 37, 3, 422],
    ['GSI', 37, 3, 422],
  ])('span the expected test space for %s', (type, positive, dropped, foreign) => {
    expect(testSpace(qp, type)).toEqual({ positive, dropped, foreign, illegal: 27 });
  });

  it('span 3914 checks over all types, 2936 over the types of users', () => {
    const total = (types: readonly string[]): number =>
      types.flatMap((type) => Object.values(testSpace(qp, type))).reduce((sum, count) => sum + count, 0);
    expect(total(TYPES)).toBe(3914);
    expect(total(USER_TYPES)).toBe(2936);
  });

  it('bring a table of its own for the DRIVER type, with what it understands', () => {
    const { srd } = qp.tables;
    expect(srd?.driverType).toBe(0);
    // STATE, CUR_STATE, EN_SQD_ASYNC_NOTIFY, PKEY_INDEX, PORT, QKEY, RNR_RETRY, SQ_PSN
    expect(srd?.understood?.toString(16)).toBe('10877');
    expect(srd?.types['DRIVER']?.['RTR->RTS']).toEqual({ required: 0x10000, optional: 0x842 });
    expect(qp.uverbsDropped).toEqual({ XRC_INI: 0x28000, XRC_TGT: 0x2c00 });
  });
});

describe('the table of iWARP', () => {
  const { iwarp } = compiled().qp.tables;
  const idle = ['RESET', 'INIT', 'RTR'];

  it('has the moves that the connection manager has programs make, with access flags, and the way out', () => {
    const way = { INIT: { required: 0, optional: 8 }, RTR: { required: 0, optional: 8 } };
    const expected = idle.flatMap((from) => Object.entries(way).map(([to, masks]) => [`${from}->${to}`, masks]));
    expect(iwarp?.types).toEqual({ RC: Object.fromEntries(expected) as unknown });
    for (const from of idle) expect(iwarp?.legal[from]).toEqual(['INIT', 'RTR', 'ERR']);
    expect(iwarp?.legal['ERR']).toEqual(['ERR']);
  });

  it('refuses RTS, and leaves the rest to drivers', () => {
    for (const from of [...idle, 'ERR']) expect(iwarp?.refused?.[from]).toEqual(['RTS']);
    expect(Object.keys(iwarp?.refused ?? {})).toHaveLength(4);
  });
});

/** Minimal masks and each optional bit alone; each required bit dropped; each foreign bit 1..20 added; illegal pairs. */
function testSpace(qp: QpStates, type: string): Record<'positive' | 'dropped' | 'foreign' | 'illegal', number> {
  const table = qp.tables['core'];
  const space = { positive: 0, dropped: 0, foreign: 0, illegal: 0 };
  for (const from of STATES) {
    for (const to of STATES) {
      if (table?.legal[from]?.includes(to) !== true) {
        space.illegal += 1;
        continue;
      }
      const { required = 0, optional = 0 } = table.types[type]?.[`${from}->${to}`] ?? {};
      space.positive += 1 + bitCount(optional);
      space.dropped += bitCount(required);
      space.foreign += bitCount(0x1ffffe & ~(required | optional));
    }
  }
  return space;
}
