/** What a memory region can be asked to be, the same at registration and later: range, offset in the page, access. */
import { ERRNO } from '../../../spec/errno.ts';
import type { Spec } from '../../../spec/model.ts';
import type { Device } from '../core/device.ts';

export interface Wanted {
  readonly start: bigint;
  readonly length: bigint;
  readonly iova: bigint;
  readonly access: number;
}

const PAGE_MASK = 0xfffn;
const ADDRESS_END = 1n << 64n;

/** True where no device could have such a region. */
export type Wrong = (wanted: Wanted, device: Device) => boolean;

export const emptyRange: Wrong = ({ length }) => length === 0n;
export const aboveMaximum: Wrong = ({ length }, { model }) => length > BigInt(model.limits['max_mr_size'] ?? 0);
export const wraps: Wrong = ({ start, iova, length }) => start + length > ADDRESS_END || iova + length > ADDRESS_END;
/** The device translates whole pages: what lies below a page cannot differ. */
export const otherOffset: Wrong = ({ start, iova }) => (start & PAGE_MASK) !== (iova & PAGE_MASK);

/** Rules about the bits of flags `mr_access`. */
export function accessRules(spec: Spec): { readonly remoteOnly: Wrong; readonly incapable: Wrong } {
  const bit = (name: string): number => spec.flags['mr_access']?.[name] ?? 0;
  const writesFromAfar = bit('REMOTE_WRITE') | bit('REMOTE_ATOMIC');
  const lacking = bit('ON_DEMAND') | bit('FLUSH_GLOBAL') | bit('FLUSH_PERSISTENT');
  const local = bit('LOCAL_WRITE');
  return {
    remoteOnly: ({ access }) => (access & writesFromAfar) !== 0 && (access & local) === 0,
    incapable: ({ access }) => (access & lacking) !== 0,
  };
}

/** The errno of the first rule broken, or 0. */
export function errnoOf(wanted: Wanted, device: Device, rules: readonly (readonly [Wrong, number])[]): number {
  for (const [wrong, errno] of rules) if (wrong(wanted, device)) return errno;
  return 0;
}

export const { EINVAL, EOPNOTSUPP } = ERRNO;
