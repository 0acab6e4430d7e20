/** Which kernel has what. Versions are compared as `major.minor`. */
import type { Lifespan } from './tables.ts';

/** The kernel whose `uverbs` the emulator is: the newest one under test. */
export const EMULATED_KERNEL = '6.12';

/** Negative where `a` is the older one. */
export function compareKernels(a: string, b: string): number {
  const [left = [], right = []] = [a, b].map((version) => version.split('.').map(Number));
  return (left[0] ?? 0) - (right[0] ?? 0) || (left[1] ?? 0) - (right[1] ?? 0);
}

/** `since` is the first kernel with it, `until` the first one without. */
export function isIn({ since, until }: Partial<Lifespan>, kernel: string): boolean {
  return (
    (since === undefined || compareKernels(kernel, since) >= 0) &&
    (until === undefined || compareKernels(kernel, until) < 0)
  );
}
