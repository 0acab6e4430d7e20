import { describe, expect, it } from 'vitest';
import { compileSpec } from '../compile.ts';
import { expectProblem, problemsOf } from './expect_problem.ts';
import { edited, temporaryProject } from './temporary_project.ts';

const STATES = 'spec/objects/qp_states.yaml';

describe('queue-pair state tables', () => {
  it('compile to masks', () => {
    const { core, other } = compileSpec(temporaryProject()).spec?.qp.tables ?? {};
    expect(core?.types).toEqual({ RC: { 'RESET->INIT': { required: 0x20, optional: 0x40 } } });
    expect(other).toMatchObject({ driverType: 1, understood: 0x21, legal: core?.legal });
  });

  it.each([
    ['unknown bit', 'optional: [QKEY]', 'optional: [¦KEY]', /unknown attribute bit `KEY`; known: STATE/],
    ['required and optional', 'optional: [QKEY]', 'optional: [¦PORT]', /PORT is both required and optional/],
    ['STATE in a list', 'optional: [QKEY]', 'optional: [STATE]', /STATE is part of every transition/],
    ['illegal transition', 'RESET->INIT:', '¦INIT->INIT:', /INIT to INIT is not legal/],
    ['unknown state', 'RESET->INIT:', '¦RESET->RTR:', /unknown state `RTR`/],
    ['no pair', 'RESET->INIT:', 'RESET-INIT:', /`RESET-INIT` must be a pair of states/],
    ['unknown next state', '[RESET, INIT], INIT', '[RESET, ¦RTR], INIT', /unknown state `RTR`/],
    ['state without a row', ', INIT: [RESET] }', ' }', /`legal` has no row for the state INIT/],
    [
      'legal and refused',
      'legal: *legal',
      'legal: *legal\n    refused: { RESET: [¦INIT] }',
      /RESET to INIT is both legal/,
    ],
    ['unknown refused state', 'legal: *legal', 'legal: *legal\n    refused: { RESET: [¦RTR] }', /unknown state `RTR`/],
    ['unknown claimed state', 'from: [INIT]', 'from: [RTS]', /unknown state `RTS`/],
    ['unknown transport', 'transports: [IB]', 'transports: [IP]', /unknown transport `IP`; known: IB/],
    ['unknown type', 'RC:\n', 'RX:\n', /unknown queue-pair type `RX`; known: RC, UD, SMI, GSI/],
    ['unknown dropped type', 'dropped: { RC', 'dropped: { ¦RX', /unknown queue-pair type `RX`/],
    ['bit number twice', 'QKEY: 6', 'QKEY: 5', /QKEY has the bit 5 of PORT/],
    ['bit number 32', 'QKEY: 6', 'QKEY: 32', /`QKEY` must be <= 31/],
    ['bit that is not understood', 'UD: {}', 'UD: { RESET->INIT: { optional: [QKEY] } }', /missing from this table's/],
    ['unknown state of the enum', 'states: [RESET', 'states: [RTS, RESET', /unknown member of qp_state `RTS`/],
  ])('are refused for a %s', (_, piece, replacement, message) => {
    expectProblem(STATES, piece, replacement, message);
  });

  it('report a fault behind an alias once, where it stands', () => {
    expectProblem(STATES, 'INIT: [RESET] }', 'INIT: [RESET, ¦RTR] }', /unknown state `RTR`/);
    expect(problemsOf(edited(STATES, 'INIT: [RESET] }', 'INIT: [RESET, RTR] }'))).toHaveLength(1);
  });
});
