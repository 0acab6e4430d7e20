/** spec/abi/uapi/vectors.yaml: published messages, white space in the hex removed. */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { Vector } from '../vector.ts';
import type { Report } from '../problem.ts';
import { satisfies } from './schema.ts';
import { readYaml } from './yaml_file.ts';

const FILE = 'spec/abi/uapi/vectors.yaml';

/** Empty where the project has no such file or it is malformed; the latter has been reported. */
export function compileVectors(root: string, report: Report): readonly Vector[] {
  if (!existsSync(join(root, FILE))) return [];
  const yaml = readYaml(root, FILE, report);
  if (yaml === undefined || !satisfies(yaml, 'vectors', report)) return [];
  const { vectors } = yaml.value as { readonly vectors: readonly Vector[] };
  return vectors.map((vector) => ({
    ...vector,
    sent: plain(vector.sent),
    ...(vector.received === undefined ? {} : { received: plain(vector.received) }),
  }));
}

function plain(hex: string): string {
  return hex.replaceAll(/\s/g, '');
}
