/** The tables against the kernel's own headers, in both directions: a C program prints the numbers, the compiler works them out. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { compileSpec } from '../../../compile.ts';
import { packageRoot } from '../../../compile/files.ts';
import type { Spec } from '../../../model.ts';
import { compareKernels, isIn } from '../kernels.ts';
import { tablesOf } from '../read_tables.ts';
import type { Layout } from '../tables.ts';
import { compiler, internalEnums, measure, preprocessed } from './compiler.ts';
import { expectations, type Expectation } from './expectations.ts';
import { headerSets, REQUIRED, VARIABLE, type HeaderSet } from './header_sets.ts';

const root = packageRoot();
const tables = tablesOf(compileSpec(root).spec as Spec);
const expected = expectations(tables);
const sets = compiler ? headerSets(root) : [];

/** The kernels whose headers must have been looked at for the tables to be trusted; the newest first. */
const UNDER_TEST = ['6.12', '6.1'];
/** The newest kernel the tables know. */
const NEWEST = '7.3';
/** Names that are the tables' business. Those of other interfaces in the same headers are not. */
const OURS =
  /^(UVERBS_(OBJECT|METHOD|ATTR|ID|UDATA)_\w+|IB_USER_VERBS_\w+|IB_UVERBS_\w+|RDMA_DRIVER_\w+|IB_FLUSH_\w+|HFI1_IOCTL_\w+)$/;
/** The guard of a header. */
const NOT_OURS = new Set(['IB_USER_VERBS_H']);

const numbersOf = (these: readonly Expectation[]): Record<string, number> =>
  Object.fromEntries(these.map(({ expression, value }) => [expression, value]));
const measured = (set: HeaderSet, these: readonly Expectation[], before = ''): Record<string, number> =>
  Object.fromEntries(measure(set, [...new Set(these.map(({ expression }) => expression))], before));

/** Names that the headers define: constants, and structs with the word before them. */
function defined(set: HeaderSet): ReadonlySet<string> {
  const text = preprocessed(set);
  const names = [...text.matchAll(/\b\w+\b/g)].map(([name]) => name).filter((name) => OURS.test(name));
  const structs = [...text.matchAll(/^struct ib_uverbs_(\w+)\s*\{/gm)].map((match) => `struct ${match[1] ?? ''}`);
  return new Set([...names, ...structs].filter((name) => !NOT_OURS.has(name)));
}

describe.each(sets)('headers: $name', (set) => {
  const here = expected.filter((one) => isIn(one, set.version));

  it('agree with every number the tables have for this kernel', () => {
    const uapi = here.filter(({ internal }) => internal === undefined);
    expect(uapi.length).toBeGreaterThan(1000);
    expect(measured(set, uapi)).toEqual(numbersOf(uapi));
  });

  it.skipIf(set.internal === undefined)('agree with what the kernel defines for itself', () => {
    const own = here.filter(({ internal }) => internal !== undefined);
    const enums = [...new Set(own.map(({ internal = '' }) => internal))];
    expect(own.length).toBeGreaterThan(80);
    expect(measured(set, own, internalEnums(set.internal ?? '', enums))).toEqual(numbersOf(own));
  });

  it('have nothing that the tables lack, and lack what is newer', () => {
    const names = defined(set);
    const known = new Set(here.map(({ expression }) => expression));
    for (const { name, since } of Object.values(tables.layouts))
      if (isIn({ since }, set.version)) known.add(`struct ${name}`);
    // Headers of a kernel that came out later have more, and nothing is wrong with the tables.
    const complete = compareKernels(set.version, NEWEST) <= 0;
    expect([...names].filter((name) => complete && !known.has(name))).toEqual([]);
    const later = expected.filter((one) => !isIn(one, set.version) && /^\w+$/.test(one.expression));
    expect(later.map(({ expression }) => expression).filter((name) => names.has(name))).toEqual([]);
  });
});

it.each(UNDER_TEST)('headers of Linux %s were there to be looked at', (version) => {
  const found = sets.some((set) => set.version === version);
  if (found) return;
  const missing = `no headers of Linux ${version} here; name their folder in ${VARIABLE}`;
  if (process.env[REQUIRED] === '1') throw new Error(missing);
  console.warn(`not checked: ${missing}`);
});

/** Every byte of a struct belongs to a field; only at the end there may be padding that the compiler adds. */
function holes({ bytes, fields, also = [] }: Layout): readonly number[] {
  const covered = new Set(
    [...fields, ...also].flatMap(({ at, bytes: size }) => Array.from({ length: size }, (_, i) => at + i)),
  );
  const end = bytes - (bytes % 8 === 0 ? 7 : 0);
  return Array.from({ length: bytes }, (_, at) => at).filter((at) => !covered.has(at) && at < end);
}

it('leave no byte of a struct without a field', () => {
  const open = Object.values(tables.layouts).filter((layout) => holes(layout).length > 0);
  expect(open.map(({ name }) => name)).toEqual([]);
});

it('say of what is newer than 6.12 what a list made from the headers of 7.3 says', () => {
  const text = readFileSync(join(root, 'spec/abi/uverbs/headers/newer.txt'), 'utf8');
  const list: Record<string, number> = {};
  for (const [, name = '', number] of text.matchAll(/^([^#\n]+)\t(\d+)$/gm)) list[name] = Number(number);
  const newer = expected.filter(({ since }) => since !== undefined && compareKernels(since, '6.12') > 0);
  expect(numbersOf(newer)).toEqual(list);
});
