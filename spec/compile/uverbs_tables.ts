/** spec/abi/uverbs/*.yaml, one value per file. Their form is the business of spec/abi/uverbs alone. */
import { basename } from 'node:path';
import type { Report } from '../problem.ts';
import { fileStart, listFiles } from './files.ts';
import { readYaml } from './yaml_file.ts';

/** File name without extension -> what the file holds. */
export function readUverbsTables(root: string, report: Report): Readonly<Record<string, unknown>> {
  const tables: Record<string, unknown> = {};
  for (const file of listFiles(root, 'spec/abi/uverbs', '.yaml', report)) {
    const value = readYaml(root, file, report)?.value;
    if (typeof value === 'object' && value !== null && !Array.isArray(value)) tables[basename(file, '.yaml')] = value;
    else if (value !== undefined) report(fileStart(file), 'a table is a mapping');
  }
  return tables;
}
