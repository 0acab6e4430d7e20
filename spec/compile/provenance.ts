/** spec/provenance.yaml: every statement of the mails, and where it went. */
import { statSync } from 'node:fs';
import { join } from 'node:path';
import type { Clause, Place, Source, Statement } from '../model.ts';
import type { Report } from '../problem.ts';
import { satisfies } from './schema.ts';
import { readYaml, type YamlFile } from './yaml_file.ts';

type Entry = Omit<Statement, 'place'>;
type Sources = Readonly<Record<string, Source>>;

const FILE = 'spec/provenance.yaml';
/** Where a statement can have gone; `because` says that it went nowhere and stands beside none but a decision. */
const TESTED = ['clauses', 'rules', 'benches'] as const;

/** `clauses` and `sources` are undefined where they could not be read; names of them are then not checked. */
export function compileProvenance(
  root: string,
  clauses: Readonly<Record<string, Clause>> | undefined,
  sources: Sources | undefined,
  report: Report,
): readonly Statement[] {
  const yaml = readYaml(root, FILE, report);
  if (yaml === undefined || !satisfies(yaml, 'provenance', report)) return [];
  return (yaml.value as readonly Entry[]).map((entry, index) => {
    if (entry.number !== index + 1)
      report(yaml.at([index, 'number']), `statement ${String(entry.number)} stands where ${String(index + 1)} belongs`);
    checkHomes(yaml, index, entry, report);
    if (clauses !== undefined) checkClauses(yaml, index, entry, clauses, report);
    if (sources !== undefined) checkSources(yaml, index, entry, sources, report);
    for (const kind of ['rules', 'benches'] as const)
      for (const [position, path] of (entry[kind] ?? []).entries())
        if (!isFile(join(root, path))) report(yaml.at([index, kind, position]), `there is no file ${path}`);
    return { ...entry, place: yaml.at([index]) };
  });
}

function checkHomes(yaml: YamlFile, index: number, entry: Entry, report: Report): void {
  const tested = TESTED.find((kind) => entry[kind] !== undefined);
  const homeless = tested === undefined && entry.decisions === undefined;
  if (homeless && entry.because === undefined && entry.open === undefined)
    report(
      yaml.at([index]),
      'this statement went nowhere: it needs clauses, rules, benches, decisions, because, or open',
    );
  if (entry.because === undefined) return;
  const at: Place = yaml.atKey([index, 'because']);
  if (tested !== undefined) report(at, `\`because\` says why nothing tests it, and \`${tested}\` that something does`);
  if (entry.open !== undefined) report(at, '`because` says that nothing is missing, and `open` what is');
}

function checkClauses(
  yaml: YamlFile,
  index: number,
  { clauses: named = [] }: Entry,
  clauses: Readonly<Record<string, Clause>>,
  report: Report,
): void {
  for (const [position, id] of named.entries()) {
    const clause = Object.hasOwn(clauses, id) ? clauses[id] : undefined;
    const at = yaml.at([index, 'clauses', position]);
    if (clause === undefined) report(at, `there is no clause \`${id}\``);
    else if (clause.withdrawn !== undefined) report(at, `\`${id}\` is withdrawn: nothing is decided by it`);
    else if (clause.notTestable !== undefined)
      report(at, `\`${id}\` is not testable: name what is, or say \`because\``);
  }
}

function checkSources(yaml: YamlFile, index: number, entry: Entry, sources: Sources, report: Report): void {
  for (const [key, line] of Object.entries(entry.mails)) {
    const mail = sources[key];
    if (mail?.kind !== 'mail') report(yaml.atKey([index, 'mails', key]), `\`${key}\` is no mail of spec/sources.yaml`);
    else if (!within(mail, line, sources))
      report(yaml.at([index, 'mails', key]), `line ${String(line)} of ${mail.file ?? 'its file'} is not in \`${key}\``);
  }
  for (const [position, key] of (entry.decisions ?? []).entries())
    if (sources[key]?.kind !== 'decision')
      report(yaml.at([index, 'decisions', position]), `\`${key}\` is no decision of spec/sources.yaml`);
}

/** A mail goes from its line to that of the next mail in the same file. */
function within({ file, line: start = 1 }: Source, line: number, sources: Sources): boolean {
  const later = Object.values(sources).flatMap((other) =>
    other.kind === 'mail' && other.file === file && other.line !== undefined && other.line > start ? [other.line] : [],
  );
  return line >= start && line < Math.min(...later, Infinity);
}

function isFile(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false })?.isFile() === true;
}
