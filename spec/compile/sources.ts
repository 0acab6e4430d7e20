/** spec/sources.yaml: what clauses rest on. */
import type { Source } from '../model.ts';
import type { Report } from '../problem.ts';
import { satisfies } from './schema.ts';
import { readYaml } from './yaml_file.ts';

type SourceEntry = Omit<Source, 'key' | 'messageId'> & { readonly message_id?: string };

/** Undefined where the file is unreadable or malformed; source keys are then not checked. */
export function compileSources(root: string, report: Report): Readonly<Record<string, Source>> | undefined {
  const yaml = readYaml(root, 'spec/sources.yaml', report);
  if (yaml === undefined || !satisfies(yaml, 'sources', report)) return undefined;
  return Object.fromEntries(
    Object.entries(yaml.value as Record<string, SourceEntry>).map(([key, { message_id: messageId, ...entry }]) => [
      key,
      { key, ...entry, ...(messageId === undefined ? {} : { messageId }) },
    ]),
  );
}
