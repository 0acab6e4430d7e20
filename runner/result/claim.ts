/** Whether a result carries the claim of a profile: what it comes to, and what stands in the way whatever it shows. */
import type { Profile, Spec } from '../../spec/model.ts';
import { judgeProfile, type Judgement } from '../../spec/verdict/profile.ts';
import { applicability } from '../run/applicability.ts';
import type { Features } from '../run/features.ts';
import type { ResultDocument } from './document.ts';

type Ran = Pick<ResultDocument, 'spec' | 'features' | 'subject' | 'selection' | 'capabilities' | 'scenarios'>;

export interface Claim {
  readonly judgement: Judgement;
  /** See `obstacleTo`. */
  readonly obstacle: string | undefined;
  /** The profile is met, and nothing stands in the way. */
  readonly carried: boolean;
}

export function claimOf(profile: Profile, document: ResultDocument, spec: Spec, features: Features): Claim {
  const judgement = judgeProfile(profile, spec, features.scenarios, document);
  const obstacle = obstacleTo(profile, document, spec, features);
  return { judgement, obstacle, carried: judgement.outcome === 'met' && obstacle === undefined };
}

/** What stands in the way of a claim: who was tested, and what the run left out. In words; undefined where nothing does. */
export function obstacleTo(profile: Profile, run: Ran, spec: Spec, features: Features): string | undefined {
  const { subject, selection } = run;
  if (!profile.certified) return notCertified(profile);
  if (subject.study) return 'the implementation is part of this project: its results are a study of the specification';
  if (selection.tags !== '' || selection.name !== '' || selection.objects.length > 0)
    return 'the run left scenarios out by object, tag or name, so that a clause was perhaps decided by half of what decides it';
  if (run.spec.digest !== spec.digest || run.features !== features.digest)
    return 'the run was of another specification, or of other scenarios, than these';
  if (heldBack(profile, run, spec, features))
    return 'the run left scenarios out that may disturb others: `run --hazard` lets them run';
  return undefined;
}

function notCertified({ because }: Profile): string {
  return `nothing in this profile is ever certified${because === undefined ? '' : `, because ${because}`}`;
}

/** Whether a scenario that decides what is demanded could have run, had its hazard been allowed. */
function heldBack({ clauses: demanded }: Profile, run: Ran, spec: Spec, { scenarios }: Features): boolean {
  const named = new Set(demanded);
  const offered = new Set(run.capabilities);
  const leftOut = new Set(run.scenarios.filter(({ outcome }) => outcome === 'not-applicable').map(({ id }) => id));
  return scenarios.some(
    ({ id, tags, clauses }) =>
      leftOut.has(id) &&
      clauses.some((clause) => named.has(clause)) &&
      applicability(tags, clauses, spec, run.subject, offered, 'removes-device').applicable,
  );
}
