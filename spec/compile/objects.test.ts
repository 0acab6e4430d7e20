import { describe, expect, it } from 'vitest';
import { compileSpec } from '../compile.ts';
import { expectProblem, problemsOf } from './expect_problem.ts';
import { temporaryProject } from './temporary_project.ts';

const QP = 'spec/objects/qp.yaml';

const DRIVER_TABLE = `object: extra
title: Extra
instances: created
space: extra
driver: true
review: { owner: Somebody, text: spec/chapters/calls.md, reviewer: Another }
uapi: 0x8001
attributes:
  own: { id: 0x8000, type: u32, meaning: own }
methods:
  query: { meaning: asks, attributes: { own: { direction: out } } }
`;

describe('object tables', () => {
  it('compile to numbers, roles, types and variants', () => {
    const { spec } = compileSpec(temporaryProject({ 'spec/objects/extra.yaml': DRIVER_TABLE }));
    const { qp, extra } = spec?.objects ?? {};
    expect(qp?.classId).toEqual({ RC: 16, UD: 18 });
    expect(qp?.uses).toEqual([{ attribute: 'pd' }]);
    expect(qp?.attributes['pd']?.type).toEqual({ kind: 'handle', object: 'pd' });
    expect(qp?.attributes['port']).toMatchObject({ id: 6, bit: 'PORT', type: { kind: 'u32', max: 9 }, example: 1 });
    expect(qp?.attributes['numbers']?.type).toEqual({ kind: 'list', of: 'u16' });
    expect(Object.values(qp?.methods ?? {}).map(({ name, number, role }) => [name, number, role])).toEqual([
      ['create', 0, 'create'],
      ['list', 32, 'named'],
      ['modify', 2, 'modify'],
    ]);
    expect(qp?.methods['create']?.attributes).toEqual([
      { name: 'pd', direction: 'in', required: true, only: ['RC'] },
      { name: 'cap', direction: 'inout', required: true, optionalFor: ['RC'] },
    ]);
    expect(extra).toMatchObject({ driver: true, classId: 0x8001, attributes: { own: { id: 0x8000 } } });
    expect(spec?.structs['cap']).toEqual({
      name: 'cap',
      size: 16,
      fields: [
        { name: 'size', offset: 0, width: 4, meaning: 'entries' },
        { name: 'reserved', offset: 4, width: 4, meaning: 'zero' },
        { name: 'address', offset: 8, width: 8, meaning: 'where' },
      ],
    });
  });

  it.each([
    ['enum', 'u32, max: 9', '¦enum colour', /unknown enum `colour`; known: qp_state/],
    ['flags', 'u32, max: 9', 'flags colour', /unknown flags `colour`/],
    ['struct', 'struct cap', 'struct cup', /unknown struct `cup`; known: cap/],
    ['record', 'list u16', 'list record cup', /unknown struct `cup`/],
    ['object', 'handle pd', 'handle pb', /unknown object with handles `pb`; known: pd, qp/],
    ['bit', 'bit: PORT', 'bit: ¦PART', /unknown attribute bit `PART`/],
    ['attribute', 'cap: { direction', '¦cup: { direction', /unknown attribute `cup`/],
    ['variant of a method', 'list: { number: 32, ', 'list: { number: 32, serves: [¦UC], ', /unknown variant `UC`/],
    [
      'capability',
      'list: { number: 32, ',
      'list: { number: 32, needs: ¦mcats, ',
      /unknown capability `mcats`; known: qp-rc/,
    ],
    ['capability of an attribute', 'except: [UD]', 'except: [UD], needs: ¦prot', /unknown capability `prot`/],
    ['variant', 'except: [UD]', 'except: [RC, ¦UC]', /unknown variant `UC`; known: RC, UD/],
    ['class of no type', 'UD: 18', '¦UE: 18', /unknown queue-pair type `UE`/],
    ['bounded object', 'max: 9', 'max: 9, bounds: { ¦qq.cap: no-clause }', /unknown object `qq`/],
    [
      'bounded attribute',
      'max: 9',
      'max: 9, bounds: { ¦qp.cup: no-clause }',
      /unknown attribute `cup`; known: pd, port/,
    ],
    ['bounded field', 'max: 9', 'max: 9, bounds: { ¦qp.cap.sise: no-clause }', /unknown field `sise`; known: size/],
    ['bounding clause', 'max: 9', 'max: 9, bounds: { qp.cap.size: ¦no-clause }', /there is no clause `no-clause`/],
    ['use', 'uses: [pd]', 'uses: [¦cq]', /unknown attribute of create `cq`; known: pd, cap/],
    ['use of a non-handle', 'uses: [pd]', 'uses: [cap]', /`cap` names no object/],
    ['max beside a struct', 'struct cap', 'struct cap, max: 3', /`max` goes with u32 only/],
    ['both only and except', 'except: [UD]', 'except: [UD], only: [RC]', /exclude each other/],
    ['optional_for of an optional one', 'required: true, optional_for', 'optional_for', /makes sense beside/],
    [
      'attribute that another takes the place of',
      'except: [UD] }',
      'except: [UD], unless: ¦cup }',
      /unknown attribute of the method `cup`/,
    ],
    [
      'object that must use the one of a method',
      'list: { number',
      'list: { user: ¦cq, number',
      /unknown object `cq`; known: pd, qp/,
    ],
    [
      'variant that is welcome',
      'type: handle pd,',
      'type: handle pd, variants: [¦XX],',
      /unknown variant `XX`; known: RC, UD/,
    ],
    [
      'moves without a state',
      'uses: [pd]',
      'uses: [pd]\nmoves: { ¦OPEN: [OPEN] }',
      /unknown state `OPEN`; known: none/,
    ],
    ['missing example', ', example: 1 ', ' ', /`port` is an input and needs an `example`/],
    ['example too large', 'example: 1 ', 'example: 10 ', /`example` must be 0 to 9/],
    ['example without the field', '{ size: 4 }', '{ sise: 4 }', /has no field `sise`; fields: size/],
    ['unknown type', 'list u16', 'list u8', /`type` must be one of u32, u64/],
    ['unknown key', 'max: 9', '¦mx: 9', /unknown key `mx`; known here: id, type, max/],
    ['missing key', 'object: qp\ntitle: Queue pair\n', '¦object: qp\n', /this file lacks the key `title`/],
    [
      'empty mapping',
      'attributes: { port: { direction: in } }',
      'attributes:',
      /`attributes` must be a mapping, but is empty/,
    ],
    ['bad name', '  cap: { id', '  ¦Cap: { id', /`Cap` must be lower case words/],
    ['bad direction', 'direction: out', 'direction: up', /must be one of in, out, inout/],
  ])('are refused for an unknown or misplaced name: %s', (_, piece, replacement, message) => {
    expectProblem(QP, piece, replacement, message);
  });

  it.each([
    ['class id of another', 'RC: 16', 'RC: ¦4', /class id 4 already belongs to `pd`/],
    ['class id in the driver namespace', 'RC: 16', 'RC: 0x8010', /class id 0x8010 is outside 1 to 32767/],
    ['attribute id twice', 'id: 20', 'id: ¦6', /attribute id 6 already belongs to `port`/],
    ['attribute id 0', 'id: 20', 'id: 0', /attribute id 0 is outside 1 to 63/],
    ['attribute id 64', 'id: 20', 'id: 64', /attribute id 64 is outside/],
    ['driver attribute id', 'id: 20', 'id: 0x8001', /attribute id 0x8001 is outside/],
    ['method number 128', 'number: 32', 'number: 128', /method number 128 is outside 5 to 127/],
    ['method number of create', 'number: 32', 'number: 0', /method number 0 is outside 5 to 127/],
    ['no method number', 'list: { number: 32, ', '¦list: { ', /`list` needs a `number`/],
    ['modify renumbered', 'modify: { ', 'modify: { number: 9, ', /`modify` always has the number 2/],
  ])('are refused for a number: %s', (_, piece, replacement, message) => {
    expectProblem(QP, piece, replacement, message);
  });

  it('are refused for a method number given twice', () => {
    const again = 'again: { number: ¦32, meaning: too, attributes: {} }\n  modify: {';
    expectProblem(QP, 'modify: {', again, /method number 32 already belongs to `list`/);
  });

  it.each([
    ['0x8001', '0x0001', /class id 1 is outside 0x8000 to 0xffff/],
    ['0x8000', '0x801f', /attribute id 0x801f is outside 1 to 63, or in a driver table 0x8000 to 0x801e/],
    ['object: extra', 'object: pd', /extra\.yaml|pd\.yaml/],
    ['object: extra\n', '', /extra\.yaml:1:1: no object table/],
  ])('of drivers are refused too: %s to %s', (piece, replacement, message) => {
    expect(problemsOf({ 'spec/objects/extra.yaml': DRIVER_TABLE.replace(piece, replacement) }).join('\n')).toMatch(
      message,
    );
  });
});
