/** spec/known-deviations.yaml: what shipped drivers and kernels do otherwise. */
import type { Clause, Deviation, Source } from '../model.ts';
import type { Report } from '../problem.ts';
import { KERNEL_SOURCE, kernelSource, seemsKernelSource } from './kernel_source.ts';
import { satisfies } from './schema.ts';
import { readYaml } from './yaml_file.ts';

type Entry = Omit<Deviation, 'place' | 'sources'> & { readonly sources: readonly string[] };

const FILE = 'spec/known-deviations.yaml';

/** `clauses` and `sources` are undefined where they could not be read; names of them are then not checked. */
export function compileDeviations(
  root: string,
  clauses: Readonly<Record<string, Clause>> | undefined,
  sources: Readonly<Record<string, Source>> | undefined,
  report: Report,
): readonly Deviation[] {
  const yaml = readYaml(root, FILE, report);
  if (yaml === undefined || !satisfies(yaml, 'known_deviations', report)) return [];
  return (yaml.value as readonly Entry[]).map((entry, index) => {
    const clause = clauses?.[entry.clause];
    const at = yaml.at([index, 'clause']);
    if (clauses !== undefined && clause === undefined) report(at, `there is no clause \`${entry.clause}\``);
    if (clause?.withdrawn !== undefined) report(at, `\`${entry.clause}\` is withdrawn: nothing deviates from it`);
    if (clause?.abi.includes('uverbs') === false) report(at, `\`${entry.clause}\` does not bind uverbs`);
    if (entry.trace === undefined && entry.scenario === undefined)
      report(yaml.at([index]), 'this entry needs `trace`, the fewest calls that show it, or the `scenario` that does');
    if (entry.check !== undefined && entry.scenario === undefined)
      report(yaml.at([index, 'check']), '`check` needs the `scenario` that makes it');
    const cited = entry.sources.map((word, position): Source => {
      const source = kernelSource(word) ?? sources?.[word];
      if (source === undefined && sources !== undefined) {
        const wanted = seemsKernelSource(word) ? `is no ${KERNEL_SOURCE}` : 'is no source of spec/sources.yaml';
        report(yaml.at([index, 'sources', position]), `\`${word}\` ${wanted}`);
      }
      return source ?? { key: word, kind: 'kernel', title: word };
    });
    return { ...entry, sources: cited, place: yaml.at([index]) };
  });
}
