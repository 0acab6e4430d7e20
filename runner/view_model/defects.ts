/** Documented defects, and whether a published proof shows that the suite notices them. */
import { DEFECTS } from '../../backends/faulty/faulty.ts';
import type { Defect } from '../../backends/faulty/defect.ts';
import type { Spec } from '../../spec/model.ts';
import { mustsWithout } from '../prove/prove.ts';
import type { ProofDocument } from '../result/proof.ts';
import { readProof } from '../result/read_proof.ts';
import type { DefectsView, DefectView } from './model.ts';
import { filesNamed } from './published.ts';
import { join } from 'node:path';

const PROOF_FILE = 'proof.json';

interface PublishedProof {
  readonly file: string;
  readonly document: ProofDocument;
}

/** `folder`: the published results; proofs lie among them. */
export async function defectsOf(folder: string, root: string, spec: Spec, features: string): Promise<DefectsView> {
  const proofs: PublishedProof[] = [];
  for (const name of filesNamed(folder, PROOF_FILE)) {
    const file = join(folder, name);
    proofs.push({ file, document: await readProof(file, root) });
  }
  // The newest word on a defect counts.
  proofs.sort((a, b) => b.document.finished.localeCompare(a.document.finished));
  const defects = DEFECTS.map((defect) => defectView(defect, proofs, spec));
  const caught = new Set(defects.filter(({ proof }) => proof === 'caught').flatMap(({ clauses }) => clauses));
  const musts = mustsOf(spec);
  return {
    defects,
    musts: musts.length,
    mustsWithCaught: musts.filter((id) => caught.has(id)).length,
    proofs: proofs.map(({ file, document }) => ({
      file,
      finished: document.finished,
      specDigest: document.spec.digest,
      current: document.spec.digest === spec.digest && document.features === features,
      complete: document.complete,
    })),
  };
}

function defectView(defect: Defect, proofs: readonly PublishedProof[], spec: Spec): DefectView {
  const { id, abi, kind, story, clauses, models } = defect;
  const base = { id, abi, kind, story, clauses, models };
  for (const { document } of proofs) {
    const tried = document.defects.find((one) => one.id === id);
    if (tried === undefined) continue;
    const reworded = clauses.some((clause) => document.clauses[clause] !== spec.clauses[clause]?.digest);
    return { ...base, proof: !tried.caught ? 'missed' : reworded ? 'stale' : 'caught', reasons: tried.reasons };
  }
  return { ...base, proof: 'unproved', reasons: [] };
}

/** The musts that can be tested: those to which a defect is owed. */
function mustsOf(spec: Spec): readonly string[] {
  return mustsWithout(spec, []).without;
}
