/** Which scenarios a command is about. Filters of one kind widen each other, filters of different kinds narrow. */
import { parse } from '@cucumber/tag-expressions';
import type { Spec } from '../../spec/model.ts';
import { UsageError, messageOf } from '../failure.ts';
import { hint } from '../nearest.ts';
import type { Selection } from '../result/document.ts';
import type { Scenario } from './features.ts';

type Test = (scenario: Scenario) => boolean;

/** The selected scenarios, in order; names that do not exist and a selection of nothing are refused. */
export function select(scenarios: readonly Scenario[], selection: Selection, spec: Spec): Scenario[] {
  const tests = [byClause(selection, spec), byObject(selection, scenarios, spec), byTags(selection), byName(selection)];
  const selected = scenarios.filter((scenario) => tests.every((test) => test(scenario)));
  if (selected.length === 0) throw new UsageError(`no scenario is selected${whyNothing(selection, spec)}`);
  return selected;
}

function byClause({ clauses }: Selection, spec: Spec): Test {
  for (const id of clauses) {
    if (spec.clauses[id] === undefined) {
      throw new UsageError(`--clause ${id}: there is no such clause${hint(id, Object.keys(spec.clauses))}`);
    }
  }
  const wanted = new Set(clauses);
  return (scenario) => wanted.size === 0 || scenario.clauses.some((clause) => wanted.has(clause));
}

/** An object is the folder of a feature file, or the chapter of a clause. */
function byObject({ objects }: Selection, scenarios: readonly Scenario[], spec: Spec): Test {
  const folder = (scenario: Scenario): string => scenario.uri.split('/')[1] ?? '';
  const known = new Set([...scenarios.map(folder), ...spec.chapters.map((chapter) => chapter.id)]);
  for (const object of objects) {
    if (!known.has(object)) {
      const names = [...known].sort();
      throw new UsageError(
        `--object ${object}: there is no such object or rule family; there are: ${names.join(', ')}`,
      );
    }
  }
  const wanted = new Set(objects);
  const inChapter = (id: string): boolean => wanted.has(spec.clauses[id]?.chapter ?? '');
  return (scenario) => wanted.size === 0 || wanted.has(folder(scenario)) || scenario.clauses.some(inChapter);
}

function byTags({ tags }: Selection): Test {
  if (tags === '') return () => true;
  try {
    const expression = parse(tags);
    return (scenario) => expression.evaluate([...scenario.tags]);
  } catch (thrown) {
    throw new UsageError(`--tags ${tags}: ${messageOf(thrown).replaceAll('\n', ' ')}`);
  }
}

function byName({ name }: Selection): Test {
  return (scenario) => scenario.id.startsWith(name);
}

function whyNothing({ clauses, tags, name }: Selection, spec: Spec): string {
  const untestable = clauses.map((id) => spec.clauses[id]).find((clause) => clause?.notTestable !== undefined);
  if (untestable !== undefined) return `: ${untestable.id} is not testable: ${untestable.notTestable ?? ''}`;
  if (tags !== '') return `: none has tags that satisfy ${tags}`;
  if (name !== '') return `: no scenario id begins with ${name}; \`list scenarios\` shows them`;
  return clauses.length > 0 ? `: no feature has a rule for ${clauses.join(', ')}` : ': features/ is empty';
}
