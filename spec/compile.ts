/** The whole specification: Markdown chapters and YAML tables in, one checked value out. */
import type { Spec } from './model.ts';
import { compileChapters } from './compile/chapters.ts';
import { digestOf } from './compile/digest.ts';
import { fileStart, readText } from './compile/files.ts';
import { compileObjects } from './compile/objects.ts';
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
  const objects = compileObjects(root, types, qp, report);
  const uverbs = readUverbsTables(root, report);
  const vectors = compileVectors(root, report);
  const { chapters, clauses } = compileChapters(root, sources && new Set(Object.keys(sources)), report);
  if (problems.length > 0 || sources === undefined || types === undefined || qp === undefined) {
    return { spec: undefined, problems: sortProblems(problems) };
  }
  const content = {
    version,
    chapters,
    clauses,
    sources,
    objects,
    enums: Object.fromEntries(types.enums),
    flags: Object.fromEntries(types.flags),
    structs: Object.fromEntries(types.structs),
    affiliations: types.affiliations,
    qp,
    vectors,
    uverbs,
  };
  return { spec: { ...content, digest: digestOf(content) }, problems: [] };
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
