/** `list`: what there is, one line each, or as JSON. */
import { BACKENDS } from '../../backends/registry.ts';
import { ROOT, compiledSpec } from '../project.ts';
import { loadFeatures } from '../run/load.ts';
import { columns } from '../views/columns.ts';
import type { Invocation } from './table.ts';

/** One thing in a list: its record for scripts, its cells for people. */
interface Row {
  readonly record: unknown;
  readonly cells: readonly string[];
}

const LISTS: Readonly<Record<string, () => readonly Row[] | Promise<readonly Row[]>>> = {
  scenarios: () =>
    loadFeatures(ROOT).features.scenarios.map((scenario) => ({
      record: scenario,
      cells: [scenario.id, scenario.clauses.join(' ')],
    })),
  clauses: () =>
    Object.values(compiledSpec(ROOT).clauses).map(
      ({ id, chapter, level, subject, abi, sentence, notTestable, withdrawn }) => ({
        record: { id, chapter, level, subject, abi, sentence, notTestable, withdrawn },
        cells: [id, level, subject, abi.join(','), state(notTestable, withdrawn)],
      }),
    ),
  backends: () =>
    BACKENDS.map(({ id, title, abi, models }) => ({
      record: { id, title, abi, models },
      cells: [id, abi, models.join(','), title],
    })),
  models: () =>
    BACKENDS.flatMap(({ id, models }) =>
      models.map((model) => ({ record: { backend: id, model }, cells: [id, model] })),
    ),
  profiles: () =>
    Object.values(compiledSpec(ROOT).profiles).map((profile) => ({
      record: profile,
      cells: [
        profile.id,
        profile.certified ? '' : 'never certified',
        profile.abi.join(','),
        `${String(profile.clauses.length)} clauses`,
        profile.title,
      ],
    })),
  defects: async () => {
    const { DEFECTS } = await import('../../backends/faulty/faulty.ts');
    return DEFECTS.map((defect) => ({
      record: defect,
      cells: [defect.id, defect.abi, defect.kind, defect.clauses.join(' '), defect.story],
    }));
  },
};

function state(notTestable: string | undefined, withdrawn: string | undefined): string {
  if (withdrawn !== undefined) return 'withdrawn';
  return notTestable === undefined ? '' : 'not testable';
}

export async function execute({ args, options }: Invocation): Promise<number> {
  const [what] = args;
  const list = typeof what === 'string' ? LISTS[what] : undefined;
  if (list === undefined) {
    process.stdout.write(`${Object.keys(LISTS).join('\n')}\n`);
    return 0;
  }
  const rows = await list();
  const text =
    options.json === true ? JSON.stringify(rows.map(({ record }) => record)) : columns(rows.map(({ cells }) => cells));
  process.stdout.write(`${text}\n`);
  return 0;
}
