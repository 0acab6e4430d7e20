import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { ROOT } from '../project.ts';
import { PROOF_FORMAT, type ProofDocument, type TriedDefect } from './proof.ts';
import { readProof } from './read_proof.ts';

const CAUGHT: TriedDefect = {
  id: 'a-off',
  abi: 'uapi',
  model: 'verbs',
  kind: 'off',
  clauses: ['a'],
  story: 'nothing is refused',
  caught: true,
  reasons: [],
};

const DOCUMENT: ProofDocument = {
  format: PROOF_FORMAT,
  tool: '0.1.0',
  spec: { version: '1', digest: 'fedcba9876543210' },
  features: '00112233aabbccdd',
  seed: 1,
  started: '2030-01-02T03:04:05.678Z',
  finished: '2030-01-02T03:05:00Z',
  complete: false,
  clauses: { a: '0123456789abcdef', b: '0123456789abcdef' },
  defects: [CAUGHT, { ...CAUGHT, id: 'b-off', clauses: ['gone'], caught: false, reasons: ['unknown: gone'] }],
  unclean: [],
  musts: 2,
  mustsWithoutDefect: ['b'],
};

let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'proof-'));
});

afterEach(() => {
  rmSync(folder, { recursive: true });
});

function readBack(value: unknown): Promise<ProofDocument> {
  const file = join(folder, 'proof.json');
  writeFileSync(file, typeof value === 'string' ? value : JSON.stringify(value));
  return readProof(file, ROOT);
}

describe('readProof', () => {
  it('reads what was written', async () => {
    expect(await readBack(DOCUMENT)).toEqual(DOCUMENT);
  });

  const withDefects = (...defects: readonly object[]): object => ({ ...DOCUMENT, defects });

  it.each<[string, unknown, RegExp]>([
    ['text', 'proof', /proof\.json:1:\d+: not JSON/],
    ['a foreign file', { format: 'other/1' }, /proof\.json: not a proof document of this tool: must have/],
    ['a later format', { ...DOCUMENT, format: 'rdma-conformance-proof/2' }, /: \/format must be equal to constant/],
    ['an unknown key', { ...DOCUMENT, score: 1 }, /additional properties: "score"/],
    ['an unknown kind', withDefects({ ...CAUGHT, kind: 'odd' }), /\/defects\/0\/kind must be equal to one of/],
    ['a clause id as text', { ...DOCUMENT, clauses: { 'A b': '0123456789abcdef' } }, /\/clauses must match pattern/],
    ['a defect twice', withDefects(CAUGHT, CAUGHT), /\/defects\/1\/id a-off stands there twice/],
    ['caught with reasons', withDefects({ ...CAUGHT, reasons: ['why'] }), /\/defects\/0 is caught, and has reasons/],
    ['missed without reasons', withDefects({ ...CAUGHT, caught: false }), /\/defects\/0 is not caught, and has no/],
    ['caught by an unknown clause', withDefects({ ...CAUGHT, clauses: ['c'] }), /\/defects\/0\/clauses c is not among/],
    ['an unknown must', { ...DOCUMENT, mustsWithoutDefect: ['c'] }, /\/mustsWithoutDefect\/0 c is not among/],
    ['a must with a defect', { ...DOCUMENT, mustsWithoutDefect: ['a'] }, /\/mustsWithoutDefect\/0 a has a defect/],
    ['too many musts', { ...DOCUMENT, musts: 3 }, /\/musts counts more than there are clauses/],
    ['too few musts', { ...DOCUMENT, musts: 0 }, /\/musts is less than those without a defect/],
    ['an end before its start', { ...DOCUMENT, finished: '2029-01-02T03:04:05Z' }, /\/finished is before \/started/],
  ])('refuses %s with its place', async (_, value, message) => {
    await expect(readBack(value)).rejects.toThrow(message);
  });

  it('says what is missing', async () => {
    await expect(readProof(join(folder, 'none.json'), ROOT)).rejects.toThrow('there is no such file');
  });
});
