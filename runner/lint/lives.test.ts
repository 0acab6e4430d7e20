import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { packageRoot } from '../../spec/compile/files.ts';
import { capabilityOfObject, capabilityOfType } from '../../spec/capabilities.ts';
import { projectSpec } from '../../spec/project_spec.ts';

const text = readFileSync(join(packageRoot(), 'features/hot_removal/calls.feature'), 'utf8');
const spec = projectSpec();
const objects = Object.values(spec.objects).filter(({ instances }) => instances !== 'fixed');
const needs = objects.flatMap(({ object, classId, driver }) => {
  if (typeof classId !== 'number') return Object.keys(classId).map(capabilityOfType);
  return [driver === true ? 'driver-class' : capabilityOfObject(object)];
});

it.each(needs)('the device is removed at every boundary of the life of %s, and under every call of it', (need) => {
  expect(text.split(new RegExp(`@needs:${need}(?: @needs:stall-core)?\\s+Examples:`)).length - 1).toBe(2);
});
