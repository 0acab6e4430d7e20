/** The life an object table tells: steps that exist, begin with the birth, end with the death, and no name twice. */
import type { QpStates } from '../model.ts';
import type { Report } from '../problem.ts';
import { checkItems, checkKeys, unknownName } from './names.ts';
import { ROLES, variantsOf, type ObjectSource } from './object_table.ts';
import type { YamlFile } from './yaml_file.ts';

/** How the life of an fd object ends: its descriptor is closed. */
const CLOSE = 'close';

export function checkLifecycle(yaml: YamlFile, source: ObjectSource, qp: QpStates | undefined, report: Report): void {
  const steps = source.lifecycle ?? [];
  if (source.instances === 'fixed') {
    if (steps.length > 0)
      report(yaml.atKey(['lifecycle']), 'a fixed object is there all the time and has no lifecycle');
    return;
  }
  if (steps.length === 0) return;
  const known = [...Object.keys(source.methods), ...(source.instances === 'fd' ? [CLOSE] : [])];
  const names = new Set<string>();
  for (const [index, step] of steps.entries()) {
    const path = ['lifecycle', index];
    if (names.has(step.name)) report(yaml.at([...path, 'name']), `two steps are called \`${step.name}\``);
    names.add(step.name);
    if (!known.includes(step.method))
      report(yaml.at([...path, 'method']), unknownName(step.method, { kind: 'method', known }));
    const taken = source.methods[step.method]?.attributes ?? {};
    checkKeys(yaml, [...path, 'with'], step.with ?? {}, { kind: 'attribute', known: Object.keys(taken) }, report);
    checkItems(yaml, [...path, 'only'], step.only ?? [], { kind: 'variant', known: variantsOf(source) }, report);
    if (step.to !== undefined && qp?.states.includes(step.to) === false)
      report(yaml.at([...path, 'to']), unknownName(step.to, { kind: 'state', known: qp.states }));
  }
  const [first, last] = [steps[0]?.method ?? '', steps.at(-1)?.method ?? ''];
  if (ROLES[first] !== 'create')
    report(yaml.at(['lifecycle', 0, 'method']), 'a life begins with the method that creates');
  if (last !== (source.instances === 'fd' ? CLOSE : 'destroy'))
    report(
      yaml.at(['lifecycle', steps.length - 1, 'method']),
      `a life ends with ${source.instances === 'fd' ? CLOSE : 'destroy'}`,
    );
}
