/** Profiles, each with what the published results come to under it: what `certify` says of them, by the same code. */
import { isOfTheWay } from '../../spec/capabilities.ts';
import { deviationsOf } from '../../spec/deviations.ts';
import type { Profile, Spec } from '../../spec/model.ts';
import { AGAINST, type Standing } from '../../spec/verdict/profile.ts';
import { claimOf } from '../result/claim.ts';
import type { Features } from '../run/features.ts';
import type { JudgementView, ProfileView } from './model.ts';
import type { Published } from './published.ts';

/** Those that can be certified come first, and of them what most others contain. */
export function profileViews(spec: Spec, features: Features, published: readonly Published[]): ProfileView[] {
  const all = Object.values(spec.profiles);
  const containing = (inner: Profile): number => all.filter((outer) => contains(outer, inner)).length;
  const rank = (profile: Profile): number => (profile.certified ? 0 : all.length) - containing(profile);
  return [...all]
    .sort((a, b) => rank(a) - rank(b))
    .map((profile): ProfileView => {
      const { clauses, except, requires, mayLack, ...rest } = profile;
      const demanded = new Set(clauses);
      return {
        ...rest,
        demands: clauses.length,
        chapters: spec.chapters
          .map(({ id, clauses: its }) => ({ chapter: id, clauses: its.filter((clause) => demanded.has(clause)) }))
          .filter(({ clauses: its }) => its.length > 0),
        contains: all.filter((inner) => contains(profile, inner)).map(({ id }) => id),
        except: Object.entries(except).map(([clause, reason]) => ({ clause, reason })),
        requires: splitByWay(requires),
        mayLack: splitByWay(mayLack),
        judgements: published.map((one) => judgementView(profile, one, spec, features)),
      };
    });
}

/** Whether the one demands every clause and requires every capability of the other. */
function contains(outer: Profile, inner: Profile): boolean {
  const wanted = new Set([...outer.clauses, ...outer.requires]);
  return outer.id !== inner.id && [...inner.clauses, ...inner.requires].every((one) => wanted.has(one));
}

function splitByWay(words: readonly string[]): ProfileView['requires'] {
  return { device: words.filter((word) => !isOfTheWay(word)), way: words.filter(isOfTheWay) };
}

function judgementView(profile: Profile, { id, document }: Published, spec: Spec, features: Features): JudgementView {
  const { judgement, obstacle, carried } = claimOf(profile, document, spec, features);
  const { outcome, reason, lacks, demands } = judgement;
  const counts: Partial<Record<Standing, number>> = {};
  for (const { standing } of demands) counts[standing] = (counts[standing] ?? 0) + 1;
  return {
    subject: id,
    outcome,
    carried,
    ...(reason === undefined ? {} : { reason }),
    ...(obstacle === undefined ? {} : { obstacle }),
    lacks,
    counts,
    against: AGAINST.flatMap((standing) => demands.filter((demand) => demand.standing === standing)).map((demand) => ({
      ...demand,
      known: deviationsOf(spec, demand.clause, document.subject).map(({ what }) => what),
    })),
  };
}

/** By clause: the profiles that demand it. */
export function demandedBy(profiles: readonly ProfileView[]): ReadonlyMap<string, readonly string[]> {
  const found = new Map<string, string[]>();
  for (const { id, chapters } of profiles)
    for (const clause of chapters.flatMap(({ clauses }) => clauses))
      found.set(clause, [...(found.get(clause) ?? []), id]);
  return found;
}
