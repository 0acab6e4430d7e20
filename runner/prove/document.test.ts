import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { DEFECTS } from '../../backends/faulty/faulty.ts';
import { clause, specOf } from '../fixtures.ts';
import { compiledSpec, ROOT } from '../project.ts';
import { readProof } from '../result/read_proof.ts';
import type { Loaded } from '../run/load.ts';
import { proofDocument, type Proving } from './document.ts';
import { mustsWithout, type Proof } from './prove.ts';

const spec = specOf(clause('a'), clause('b'), clause('gone', { withdrawn: 'replaced' }));
const features = { scenarios: [], digest: '00112233aabbccdd' };

function proving(loaded: Loaded, defects: Proving['defects'], proofs: readonly Proof[]): Proving {
  const { musts, without } = mustsWithout(loaded.spec, DEFECTS);
  const score = { caught: 0, defects: proofs.length, musts, mustsWithoutDefect: without, unclean: [] };
  const [started, finished] = ['2030-01-02T03:04:05Z', '2030-01-02T03:05:00Z'];
  return { loaded, tool: '0.1.0', seed: 1, started, finished, defects, proofs, score };
}

function proofs(defects: Proving['defects'], reasons: readonly string[] = []): Proof[] {
  return defects.map((defect) => ({ defect, model: 'verbs', reasons }));
}

describe('proofDocument', () => {
  const small: Loaded = { root: ROOT, spec, features };
  const some = DEFECTS.slice(0, 3);

  it('holds the clauses in force and the defects in the order of their list', () => {
    const document = proofDocument(proving(small, some, proofs([...some].reverse())));
    expect(document.clauses).toEqual({ a: '0123456789abcdef', b: '0123456789abcdef' });
    expect(document.defects.map(({ id }) => id)).toEqual(some.map(({ id }) => id));
    expect(document.complete).toBe(true);
  });

  it('is not complete while a defect was not tried', () => {
    expect(proofDocument(proving(small, some, proofs(some.slice(1)))).complete).toBe(false);
  });

  it('calls a defect caught where there is no reason against it', () => {
    const missed = proofDocument(proving(small, some, proofs(some, ['unnoticed: a is conformant'])));
    expect(missed.defects[0]).toMatchObject({ caught: false, reasons: ['unnoticed: a is conformant'] });
    expect(proofDocument(proving(small, some, proofs(some))).defects[0]).toMatchObject({ caught: true, reasons: [] });
  });

  it('can be read back with every documented defect in it', async () => {
    const whole = proofDocument(proving({ root: ROOT, spec: compiledSpec(ROOT), features }, DEFECTS, proofs(DEFECTS)));
    const folder = mkdtempSync(join(tmpdir(), 'proof-'));
    try {
      const file = join(folder, 'proof.json');
      writeFileSync(file, JSON.stringify(whole));
      expect(await readProof(file, ROOT)).toEqual(whole);
    } finally {
      rmSync(folder, { recursive: true });
    }
  });
});
