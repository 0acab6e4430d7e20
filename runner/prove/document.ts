/** From what a proof showed to its document. */
import type { Defect } from '../../backends/faulty/defect.ts';
import { PROOF_FORMAT, type ProofDocument, type TriedDefect } from '../result/proof.ts';
import type { Loaded } from '../run/load.ts';
import type { Score } from './jobs.ts';
import type { Proof } from './prove.ts';

export interface Proving {
  readonly loaded: Loaded;
  readonly tool: string;
  readonly seed: number;
  /** ISO 8601, UTC. */
  readonly started: string;
  readonly finished: string;
  /** All defects there are. */
  readonly defects: readonly Defect[];
  /** In whatever order they were tried. */
  readonly proofs: readonly Proof[];
  readonly score: Score;
}

/** Its defects stand in the order of their list, however the work was shared. */
export function proofDocument({
  loaded,
  tool,
  seed,
  started,
  finished,
  defects,
  proofs,
  score,
}: Proving): ProofDocument {
  const { spec, features } = loaded;
  const inForce = Object.values(spec.clauses).filter(({ withdrawn }) => withdrawn === undefined);
  const byId = new Map(proofs.map((proof) => [proof.defect.id, proof]));
  return {
    format: PROOF_FORMAT,
    tool,
    spec: { version: spec.version, digest: spec.digest },
    features: features.digest,
    seed,
    started,
    finished,
    complete: defects.every(({ id }) => byId.has(id)),
    clauses: Object.fromEntries(inForce.map(({ id, digest }) => [id, digest])),
    defects: defects.flatMap(({ id }) => tried(byId.get(id))),
    unclean: score.unclean,
    musts: score.musts,
    mustsWithoutDefect: score.mustsWithoutDefect,
  };
}

function tried(proof: Proof | undefined): TriedDefect[] {
  if (proof === undefined) return [];
  const { defect, model, reasons } = proof;
  const { id, abi, kind, clauses, story } = defect;
  return [{ id, abi, model, kind, clauses, story, caught: reasons.length === 0, reasons }];
}
