/** `certify`: whether a result carries the claim of a profile. */
import type { Profile } from '../../spec/model.ts';
import type { Judgement } from '../../spec/verdict/profile.ts';
import { UsageError } from '../failure.ts';
import { hint } from '../nearest.ts';
import { ROOT } from '../project.ts';
import { claimOf, type Claim } from '../result/claim.ts';
import type { ResultDocument } from '../result/document.ts';
import { readResult } from '../result/read.ts';
import { loadFeatures } from '../run/load.ts';
import { requireSound } from '../view_model/soundness.ts';
import { judgementText } from '../views/judgement.ts';
import type { Invocation } from './table.ts';

/** As those of `run`: 1 speaks against the implementation, 3 for nothing. */
const CODES: Readonly<Record<Judgement['outcome'], number>> = {
  met: 0,
  'not met': 1,
  undecided: 3,
  'not applicable': 3,
};

export async function execute({ args, options }: Invocation): Promise<number> {
  const [name, file] = args.map(String) as [string, string];
  const { spec, features } = loadFeatures(ROOT);
  const profile = spec.profiles[name];
  if (profile === undefined)
    throw new UsageError(`${name}: there is no such profile${hint(name, Object.keys(spec.profiles))}`);
  const document = await readResult(file, ROOT, spec);
  // A claim rests on what was seen, not on what the document says of itself.
  requireSound(document, spec, file);
  const claim = claimOf(profile, document, spec, features);
  const { judgement, obstacle, carried } = claim;
  const text =
    options.json === true
      ? JSON.stringify(outline(profile, document, claim))
      : judgementText({ profile, document, judgement, obstacle, file }, spec, options.all === true);
  process.stdout.write(`${text}\n`);
  return judgement.outcome === 'met' && !carried ? CODES.undecided : CODES[judgement.outcome];
}

function outline(
  { id, title, digest }: Profile,
  { subject, spec, started, finished, complete }: ResultDocument,
  { judgement, obstacle, carried }: Claim,
): unknown {
  const about = { profile: { id, title, digest }, subject, spec, started, finished, complete };
  return { ...about, claim: carried, obstacle, ...judgement };
}
