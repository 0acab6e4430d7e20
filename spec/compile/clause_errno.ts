/**
 * The errno of a clause, as people write it:
 *   `EINVAL`                                          for every ABI of the clause
 *   `uapi EOPNOTSUPP, uverbs EPROTONOSUPPORT`         one for each ABI of the clause
 *   `EBUSY or ENOENT because the order is not fixed`  a set, only with a reason
 *   `of the earlier phase`                            words: the errno is written in the clauses they point to
 */
import { ERRNO } from '../errno.ts';
import type { AbiId, Clause } from '../model.ts';
import { unknownName } from './names.ts';

export interface ClauseErrno {
  readonly errno?: NonNullable<Clause['errno']>;
  readonly errnoReason?: string;
  /** What is wrong with it, in the order found. */
  readonly faults: readonly string[];
}

const ERRNOS = { kind: 'errno', known: Object.keys(ERRNO) };

/** `abis`: the ABIs of the clause, every one of which needs its errno. */
export function parseErrno(text: string, abis: readonly AbiId[]): ClauseErrno {
  if (text.startsWith('of ')) return { faults: [] };
  const [, list = text, reason] = /^(.*?)\s+because\s+(.*)$/.exec(text) ?? [];
  const faults: string[] = [];
  const byAbi = new Map<AbiId, readonly string[]>();
  for (const part of list.split(',').map((one) => one.trim())) {
    const [, named, rest = part] = /^(uapi|uverbs)\s+(.*)$/.exec(part) ?? [];
    const meant = abis.filter((abi) => named === undefined || named === abi);
    const names = rest.split(/\s+or\s+/);
    if (meant.length === 0) faults.push(`${String(named)} is not an ABI of this clause (${abis.join(', ')})`);
    for (const name of names.filter((one) => !ERRNOS.known.includes(one))) faults.push(unknownName(name, ERRNOS));
    if (names.length > 1 && reason === undefined) {
      faults.push('several errnos need a reason: write `EBUSY or ENOENT because …`');
    }
    for (const abi of meant) {
      if (byAbi.has(abi)) faults.push(`two errnos for ${abi}; alternatives are joined by "or"`);
      byAbi.set(abi, names);
    }
  }
  for (const abi of abis.filter((one) => !byAbi.has(one))) faults.push(`no errno for ${abi}, an ABI of this clause`);
  if (faults.length > 0) return { faults };
  const errno = Object.fromEntries(abis.map((abi) => [abi, byAbi.get(abi) ?? []]));
  return reason === undefined ? { errno, faults } : { errno, errnoReason: reason, faults };
}
