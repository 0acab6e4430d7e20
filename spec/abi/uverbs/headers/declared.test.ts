/** The forms in the tables against what the kernel's sources declare: type, object, access, sizes and need of every attribute. */
import { describe, expect, it } from 'vitest';
import { compileSpec } from '../../../compile.ts';
import { packageRoot } from '../../../compile/files.ts';
import type { Spec } from '../../../model.ts';
import { compareKernels, isIn } from '../kernels.ts';
import { tablesOf } from '../read_tables.ts';
import { isReference, type Command, type NativeAttribute } from '../tables.ts';
import { compiler } from './compiler.ts';
import { declaredIn } from './declared.ts';
import { REQUIRED } from './header_sets.ts';
import { SOURCES, sourceSets } from './source_sets.ts';

const root = packageRoot();
const tables = tablesOf(compileSpec(root).spec as Spec);
const sets = compiler ? sourceSets(root) : [];
const objectIds = new Map(tables.objects.map(({ name, id }) => [name, id]));
const flag = (set: boolean): string => (set ? '1' : '0');

/** As `declaredIn` prints it. */
function formOf(attribute: NativeAttribute): string {
  const { id, form, object, access, minimum, bytes, required, extensible, open } = attribute;
  const sizes = isReference(form) || form === 'raw_fd' || form === 'enum' ? [0, 0] : [minimum, open ? 0 : bytes];
  const known = [flag(required), flag(extensible && !open), flag(open && form !== 'enum')];
  return [id, form, objectIds.get(object) ?? 0, access, ...sizes, ...known].join(' ');
}

function commandOf({ object = '', number, extended, request, response, driverData, needs }: Command): string {
  const sizes = [request.bytes, response.bytes];
  return [objectIds.get(object) ?? 0, number, flag(extended), ...sizes, driverData ?? '-', ...needs].join(' ');
}

/** Operations have the names they have in 6.12; later kernels renamed some. */
const unnamed = (line: string): string => line.split(' ').slice(0, 6).join(' ');

describe.each(sets)('sources: $name', (set) => {
  const declared = declaredIn(set);

  it('declare the attributes of every method as the tables do', () => {
    const methods = tables.objects
      .filter((object) => isIn(object, set.version))
      .flatMap((object) => object.methods.filter((method) => isIn(method, set.version)));
    const expected = methods.map(({ constant, attributes }) => [
      constant,
      attributes.filter((attribute) => isIn(attribute, set.version)).map(formOf),
    ]);
    expect(declared.methods).toEqual(Object.fromEntries(expected));
  });

  it('declare every write command as the tables do', () => {
    const expected = tables.commands.filter(({ object }) => object !== undefined).map(commandOf);
    const told = compareKernels(set.version, '6.12') > 0 ? unnamed : String;
    expect(declared.commands.map(told)).toEqual(expected.sort().map(told));
  });

  it('want the same operations of a driver', () => {
    const objects = tables.objects.filter((object) => isIn(object, set.version));
    const expected = objects.flatMap(({ id, needs }) => needs.map((need) => `${String(id)} ${need}`));
    expect(declared.needs).toEqual(expected.sort());
  });
});

it('say where sources would be looked for', () => {
  if (sets.length > 0) return;
  const missing = `no kernel sources here; name their folder in ${SOURCES}`;
  if (process.env[REQUIRED] === '1') throw new Error(missing);
  console.warn(`not checked: ${missing}`);
});
