/** The whole specification: Markdown chapters and YAML tables in, one checked value out. */
import type { Clause, Source, Spec } from './model.ts';
import { compileChapters } from './compile/chapters.ts';
import { compileDeviations } from './compile/deviations.ts';
import { digestOf } from './compile/digest.ts';
import { fileStart, readText } from './compile/files.ts';
import { kernelSource } from './compile/kernel_source.ts';
import { compileLibrary } from './compile/libibverbs.ts';
import { compileObjects } from './compile/objects.ts';
import { compileProfiles } from './compile/profiles.ts';
import { compileProvenance } from './compile/provenance.ts';
import { compileQpStates } from './compile/qp_states.ts';
import { compileSources } from './compile/sources.ts';
import { compileTypes } from './compile/types.ts';
import { readUverbsTables } from './compile/uverbs_tables.ts';
import { compileVectors } from './compile/vectors.ts';
import { collector, sortProblems, type Problem, type Report } from './problem.ts';

export interface Compiled {
  /** Undefined exactly where there are problems. */
  readonly spec: Spec | undefined;
  /** Everything wrong anywhere, sorted by place. */
  readonly problems: readonly Problem[];
}

/** Compiles the sources below `root`, the folder with package.json and spec/. Never throws for what they contain. */
export function compileSpec(root: string): Compiled {
  const problems: Problem[] = [];
  const report = collector(problems);
  const version = readVersion(root, report);
  const sources = compileSources(root, report);
  const types = compileTypes(root, report);
  const qp = compileQpStates(root, types, report);
  const before = problems.length;
  const { parts, chapters, clauses } = compileChapters(root, sources && new Set(Object.keys(sources)), report);
  // A clause that could not be read would be reported as unknown for no fault of the table that names it.
  const known = problems.length === before ? new Set(Object.keys(clauses)) : undefined;
  const objects = compileObjects(root, { types, qp, clauses: known }, report);
  const uverbs = readUverbsTables(root, report);
  const vectors = compileVectors(root, report);
  const library = compileLibrary(root, { objects, uverbs, clauses: known && clauses }, report);
  const deviations = compileDeviations(root, known && clauses, sources, report);
  const provenance = compileProvenance(root, known && clauses, sources, report);
  const profiles = compileProfiles(root, chapters, known && clauses, report);
  if (problems.length > 0 || sources === undefined || types === undefined || qp === undefined) {
    return { spec: undefined, problems: sortProblems(problems) };
  }
  const content = {
    version,
    parts,
    chapters,
    clauses,
    sources: { ...sources, ...kernelSources(clauses) },
    objects,
    enums: Object.fromEntries(types.enums),
    flags: Object.fromEntries(types.flags),
    structs: Object.fromEntries(types.structs),
    affiliations: types.affiliations,
    qp,
    vectors,
    library,
    uverbs,
  };
  // What others do or said, and what is claimed, is no part of the specification: a new entry makes no result one of another specification.
  return { spec: { ...content, deviations, profiles, provenance, digest: digestOf(content) }, problems: [] };
}

/** Places in the kernel that clauses name; they stand in no list. */
function kernelSources(clauses: Readonly<Record<string, Clause>>): Readonly<Record<string, Source>> {
  const named = Object.values(clauses).flatMap(({ sources }) => sources.flatMap(({ key }) => kernelSource(key) ?? []));
  return Object.fromEntries(named.map((source) => [source.key, source]));
}

function readVersion(root: string, report: Report): string {
  const file = 'package.json';
  const text = readText(root, file, report);
  if (text === undefined) return '';
  try {
    const { version } = JSON.parse(text) as { readonly version?: unknown };
    if (typeof version === 'string') return version;
    report(fileStart(file), 'lacks `version`');
  } catch {
    report(fileStart(file), 'is not valid JSON');
  }
  return '';
}
