/** The messages of a method: one diagram for each ABI that has one and each variant whose message differs. */
import type { Abi } from '../../spec/abi/abi.ts';
import { appliesTo } from '../../spec/abi/uapi/tables.ts';
import type { Method, ObjectTable } from '../../spec/model.ts';
import type { Layout } from './model.ts';
import { specimenOf } from './specimen.ts';

export function layoutsOf(abis: readonly Abi[], table: ObjectTable, method: Method): Layout[] {
  return abis.flatMap((abi) =>
    variantsShown(table, method).flatMap((variant) => {
      const call = specimenOf(abi, table, method, variant);
      if (call === undefined) return [];
      const layout = { abi: abi.id, ...abi.diagram(call) };
      return [variant === undefined ? layout : { ...layout, variant }];
    }),
  );
}

/** One variant for each set of attributes that variants of the object have in this method. */
function variantsShown({ classId }: ObjectTable, { attributes, serves }: Method): readonly (string | undefined)[] {
  if (typeof classId === 'number') return [undefined];
  const variants = serves ?? Object.keys(classId);
  const first = new Map<string, string>();
  for (const variant of variants) {
    const key = attributes.flatMap((use) => (appliesTo(use, variant) && use.required ? use.name : [])).join(' ');
    if (!first.has(key)) first.set(key, variant);
  }
  return [...first.values()];
}
