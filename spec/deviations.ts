/** Known deviations: which of them speak of a test subject, and which a result shows to be out of date. */
import type { AbiId, Deviation, Spec } from './model.ts';
import type { ScenarioResult, Verdict } from './verdict/check.ts';
import { compareReleases } from './verdict/in_force.ts';

/** Who was tested, as far as a deviation is concerned. */
export interface Deviant {
  readonly abi: AbiId;
  readonly kernel?: string;
  readonly driver?: string;
}

/** In `kernels` of an entry: every driver has the core. */
const CORE = 'core';

/** The entries about a clause and this driver on this kernel; none where there is no kernel. */
export function deviationsOf(spec: Spec, clause: string, { abi, kernel, driver }: Deviant): readonly Deviation[] {
  if (kernel === undefined || abi !== 'uverbs') return [];
  return spec.deviations.filter(
    (entry) =>
      entry.clause === clause && (entry.driver === CORE || entry.driver === driver) && covers(entry.kernels, kernel),
  );
}

/** Whether a release is within all bounds of a range such as `>=6.1 <6.12`. */
export function covers(kernels: string, release: string): boolean {
  return kernels.split(' ').every((bound) => {
    const [, sign = '', version = ''] = /^([<>=]+)(.*)$/.exec(bound) ?? [];
    const order = compareReleases(release, version);
    return (
      (order < 0 && sign.startsWith('<')) || (order > 0 && sign.startsWith('>')) || (order === 0 && sign.endsWith('='))
    );
  });
}

/** A result as far as it can show an entry to be out of date. */
export interface Shown {
  readonly subject: Deviant;
  readonly verdicts: readonly Verdict[];
  readonly scenarios: readonly ScenarioResult[];
}

/**
 * Entries of which this result shows the opposite: the check, the scenario or the clause passed, in the wording of today. A check
 * that was not made shows nothing, as where a driver has no such method.
 */
export function staleDeviations(spec: Spec, { subject, verdicts, scenarios }: Shown): readonly Deviation[] {
  return verdicts.flatMap(({ clause, verdict, digest }) => {
    if (spec.clauses[clause]?.digest !== digest) return [];
    return deviationsOf(spec, clause, subject).filter(({ scenario, check }) => {
      if (scenario === undefined) return verdict === 'conformant';
      const shown = scenarios.find(({ id }) => id === scenario);
      if (check === undefined) return shown?.outcome === 'passed';
      const made = shown?.checks.filter(({ name }) => name === check) ?? [];
      return made.length > 0 && made.every(({ passed }) => passed);
    });
  });
}
