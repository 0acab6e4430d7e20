/** Test support: the lint on a small specification and the feature files of one test. */
import { compileSpec } from '../../spec/compile.ts';
import { temporaryProject } from '../../spec/compile/temporary_project.ts';
import { formatProblem } from '../../spec/problem.ts';
import { lintFeatures } from './lint.ts';

function clause(id: string, sentence: string, abi: string, ...items: readonly string[]): string {
  const list = ['subject: core', `abi: ${abi}`, 'basis: decided', 'source: a-mail', ...items];
  return `### \`${id}\`\n\n${sentence}\n\n${list.map((item) => `- ${item}\n`).join('')}`;
}

const CHAPTER = [
  '# Calls\n',
  clause('refused', 'It **must** refuse.', 'uapi, uverbs', 'errno: uapi EBUSY, uverbs EINVAL'),
  clause('done', 'It **must** do.', 'uapi'),
  clause('seen', 'It **is observed to** do.', 'uapi, uverbs'),
  clause('free', 'It **may** do.', 'uapi'),
  clause('hidden', 'It **should** do.', 'uapi', 'not testable: because it hides'),
  clause('gone', 'It **must** do.', 'uapi', 'withdrawn: it was wrong'),
].join('\n');

/** A project with those clauses and the given files under features/ (names without it); and its compiled spec. */
export function projectWith(features: Readonly<Record<string, string>>) {
  const files = Object.entries(features).map(([name, text]) => [`features/${name}`, text]);
  const root = temporaryProject({
    ...(Object.fromEntries(files) as typeof features),
    'spec/chapters/calls.md': CHAPTER,
  });
  const { spec, problems } = compileSpec(root);
  if (spec === undefined) throw new Error(problems.map(formatProblem).join('\n'));
  return { root, spec };
}

/** The findings on one feature file, `features/a.feature`, as lines without its name: `line:column: message`. */
export function lintText(text: string): string[] {
  const { root, spec } = projectWith({ 'a.feature': text });
  return lintFeatures(root, spec).map((problem) => formatProblem(problem).replace('features/a.feature:', ''));
}

/** A feature with one rule, tagged @refused unless `tag` says otherwise, around the given lines. */
export function ruleWith(body: readonly string[], tag = '@refused'): string {
  return ['Feature: F', `  ${tag}`, '  Rule: R', ...body].join('\n');
}
