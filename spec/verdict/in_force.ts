/** Whether a clause binds an implementation at all: by the ABI it speaks, and by the release of the kernel it is part of. */
import type { AbiId, Clause } from '../model.ts';

/** What is judged, as far as it decides which clauses bind it. A test subject and a description are such. */
export interface Platform {
  readonly abi: AbiId;
  /** As `uname -r` has it; absent where there is no kernel, which is then taken for the newest. */
  readonly kernel?: string;
}

/** Why the clause does not bind it; undefined where it does. `since` is the first release that it binds, `until` the first it no longer does. */
export function notInForce(
  clause: Pick<Clause, 'abi' | 'since' | 'until'>,
  { abi, kernel }: Platform,
): string | undefined {
  const { since, until } = clause;
  if (!clause.abi.includes(abi)) return `${abi} cannot express it`;
  if (since !== undefined && kernel !== undefined && compareReleases(kernel, since) < 0)
    return `holds since Linux ${since}, and this is ${kernel}`;
  if (until !== undefined && (kernel === undefined || compareReleases(kernel, until) >= 0))
    return `held before Linux ${until}${kernel === undefined ? '' : `, and this is ${kernel}`}`;
  return undefined;
}

/** Negative where `a` is older. As many numbers are compared as the shorter one has: 6.12.117 is not newer than 6.12. */
export function compareReleases(a: string, b: string): number {
  const [as, bs] = [numbersOf(a), numbersOf(b)];
  for (let index = 0; index < Math.min(as.length, bs.length); index += 1) {
    const difference = (as[index] ?? 0) - (bs[index] ?? 0);
    if (difference !== 0) return difference;
  }
  return 0;
}

/** The numbers a release begins with: `6.1.0-56-amd64` is 6, 1, 0. */
function numbersOf(release: string): readonly number[] {
  return (/^\d+(?:\.\d+)*/.exec(release)?.[0] ?? '').split('.').map(Number);
}
