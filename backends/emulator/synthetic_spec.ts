/** Test support: the specification with many more classes, to see what their number costs. */
import type { ObjectTable, Spec } from '../../spec/model.ts';
import type { Row } from './registration.ts';

/** The first class id that is not assigned or reserved; see spec/abi/uapi/numbers.yaml. */
const FIRST_CLASS = 27;

/** `spec` with `count` classes called `synthetic0`, `synthetic1` … each with a create and a handle space of its own. */
export function withClasses(spec: Spec, count: number): Spec {
  const tables = Array.from({ length: count }, (_, index): [string, ObjectTable] => {
    const object = nameOf(index);
    const create = { name: 'create', number: 0, role: 'create', meaning: 'makes one', attributes: [] } as const;
    return [
      object,
      {
        object,
        title: object,
        instances: 'created',
        space: object,
        classId: FIRST_CLASS + index,
        attributes: {},
        methods: { create },
        uses: [],
        lifecycle: [],
      },
    ];
  });
  return { ...spec, objects: { ...spec.objects, ...Object.fromEntries(tables) } };
}

/** The rows of those classes, served by the rules of another one. */
export function rowsOf(count: number): Row[] {
  return Array.from({ length: count }, (_, index) => ({
    object: nameOf(index),
    variant: undefined,
    method: 'create',
    pipeline: 'pd.create',
  }));
}

function nameOf(index: number): string {
  return `synthetic${String(index)}`;
}
