import { projectSpec } from '../../spec/project_spec.ts';
import { BACKENDS } from '../registry.ts';
import { backendContract } from './contract.ts';

const spec = projectSpec();

for (const entry of BACKENDS) {
  for (const model of entry.models) {
    backendContract(`${entry.id} as ${model}`, spec, () => entry.open({ spec, model, seed: 1 }));
  }
}
