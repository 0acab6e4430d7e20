/** The proof document: which documented defects the suite was tried on, and which of them it noticed. */
import type { AbiId } from '../../spec/model.ts';

export const PROOF_FORMAT = 'rdma-conformance-proof/1';

/** One documented defect and whether the suite noticed it. */
export interface TriedDefect {
  readonly id: string;
  readonly abi: AbiId;
  readonly model: string;
  readonly kind: string;
  /** The clauses it breaks. */
  readonly clauses: readonly string[];
  readonly story: string;
  readonly caught: boolean;
  /** Why it does not count as caught; empty where it does. */
  readonly reasons: readonly string[];
}

export interface ProofDocument {
  readonly format: typeof PROOF_FORMAT;
  readonly tool: string;
  readonly spec: { readonly version: string; readonly digest: string };
  /** Digest of the feature files. */
  readonly features: string;
  readonly seed: number;
  /** ISO 8601, UTC. */
  readonly started: string;
  readonly finished: string;
  /** True where every documented defect was tried, not a sample of them. */
  readonly complete: boolean;
  /** Digest of every clause in force, by its id: a clause with another digest is not the one that was proved. */
  readonly clauses: Readonly<Record<string, string>>;
  readonly defects: readonly TriedDefect[];
  /** What does not hold even without a defect, so that nothing is proved by comparing with it. */
  readonly unclean: readonly string[];
  /** How many musts can be tested, and those of them that no documented defect breaks. */
  readonly musts: number;
  readonly mustsWithoutDefect: readonly string[];
}
