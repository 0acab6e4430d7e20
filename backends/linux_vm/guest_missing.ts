/** Test support: whether the tests that need a guest are left out here, which is said. */
import { findKernel } from './kernels.ts';
import { cacheFolder } from './place.ts';

/** Where a guest is a must, as in `.ci/run`, the tests run and fail. */
export function guestMissing(): boolean {
  if (process.env['RDMA_CONFORMANCE_GUEST'] === 'must') return false;
  try {
    findKernel(cacheFolder(), '6.1');
    return false;
  } catch (thrown) {
    process.stderr.write(`SKIPPED: tests of guests: ${(thrown as Error).message}\n`);
    return true;
  }
}
