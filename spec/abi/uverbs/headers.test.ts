/** The tables against the kernel's own headers: a C program prints the numbers, the compiler works them out. */
import { execFileSync, spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { compileSpec } from '../../compile.ts';
import { packageRoot } from '../../compile/files.ts';
import {
  ATTRIBUTE_BYTES,
  DATA_AT,
  DRIVER_BIT,
  FLAGS_AT,
  FLAG_MANDATORY,
  FLAG_WRITTEN,
  HEADER_BYTES,
  REQUEST,
} from './layout.ts';
import { tablesOf } from './read_tables.ts';
import type { UverbsTables } from './tables.ts';

const HEADERS = [
  'ib_user_verbs',
  'ib_user_ioctl_cmds',
  'ib_user_ioctl_verbs',
  'rdma_user_ioctl_cmds',
  'rdma_user_ioctl',
];
/** Layouts of this project. */
const OWN: readonly string[] = ['driver_create_qp', 'no_resp'];

/** C expression -> the number the tables have for it. */
function expectations(tables: UverbsTables, qpTypes: Readonly<Record<string, number>>): Map<string, number> {
  const all = new Map<string, number>([
    ['RDMA_VERBS_IOCTL', REQUEST],
    ['sizeof(struct ib_uverbs_ioctl_hdr)', HEADER_BYTES],
    ['sizeof(struct ib_uverbs_attr)', ATTRIBUTE_BYTES],
    ['offsetof(struct ib_uverbs_attr, flags)', FLAGS_AT],
    ['offsetof(struct ib_uverbs_attr, data)', DATA_AT],
    ['UVERBS_ATTR_F_MANDATORY', FLAG_MANDATORY],
    ['UVERBS_ATTR_F_VALID_OUTPUT', FLAG_WRITTEN],
    ['UVERBS_UDATA_DRIVER_DATA_FLAG', DRIVER_BIT],
    ['IB_UVERBS_QP_CREATE_SQ_SIG_ALL', 0x1000],
    ['IB_UVERBS_QP_CREATE_BLOCK_MULTICAST_LOOPBACK', 2],
  ]);
  for (const [object, id] of Object.entries(tables.objectIds)) all.set(`UVERBS_OBJECT_${object.toUpperCase()}`, id);
  for (const [type, number] of Object.entries(qpTypes)) all.set(`IB_UVERBS_QPT_${type}`, number);
  for (const method of tables.methods) {
    all.set(`UVERBS_METHOD_${method.constant}`, method.id);
    for (const { name, id } of method.attributes) {
      const prefix = method.prefix === '' || id >= DRIVER_BIT ? '' : `${method.prefix}_`;
      all.set(`UVERBS_ATTR_${prefix}${name}`, id);
    }
  }
  for (const { name, number, extended } of tables.commands)
    all.set(`IB_USER_VERBS_${extended ? 'EX_' : ''}CMD_${name.replace(/_ex$/, '').toUpperCase()}`, number);
  for (const layout of Object.values(tables.layouts)) {
    if (OWN.includes(layout.name)) continue;
    const struct = `struct ib_uverbs_${layout.name}`;
    all.set(`sizeof(${struct})`, layout.bytes);
    for (const field of layout.fields) {
      all.set(`offsetof(${struct}, ${field.name})`, field.at);
      // What is not looked into may have been cut into smaller fields since.
      if (field.carries.length > 0) all.set(`sizeof(((${struct} *)0)->${field.name})`, field.bytes);
    }
  }
  return all;
}

function measure(expressions: readonly string[]): Map<string, number> {
  const folder = mkdtempSync(join(tmpdir(), 'uverbs-'));
  try {
    const source = join(folder, 'measure.c');
    const program = join(folder, 'measure');
    const prints = expressions.map((expression) => `printf("%llu\\n", (unsigned long long)(${expression}));`);
    const includes = [...HEADERS.map((header) => `rdma/${header}`), 'stddef', 'stdio'].map(
      (header) => `#include <${header}.h>`,
    );
    writeFileSync(source, [...includes, 'int main(void) {', ...prints, 'return 0; }', ''].join('\n'));
    execFileSync('cc', ['-o', program, source]);
    const values = execFileSync(program, { encoding: 'utf8' }).trim().split('\n').map(Number);
    return new Map(expressions.map((expression, index) => [expression, values[index] ?? NaN]));
  } finally {
    rmSync(folder, { recursive: true });
  }
}

const lacking = !existsSync('/usr/include/rdma/ib_user_ioctl_cmds.h')
  ? 'no rdma headers installed'
  : spawnSync('cc', ['--version']).error !== undefined
    ? 'no cc installed'
    : '';

it.skipIf(lacking !== '')(
  `agree with the installed kernel headers${lacking === '' ? '' : ` (skipped: ${lacking})`}`,
  () => {
    const { spec } = compileSpec(packageRoot());
    if (spec === undefined) throw new Error('the specification does not compile');
    const expected = expectations(tablesOf(spec), spec.enums['qp_type'] ?? {});
    expect(expected.size).toBeGreaterThan(250);
    expect(Object.fromEntries(measure([...expected.keys()]))).toEqual(Object.fromEntries(expected));
  },
);
