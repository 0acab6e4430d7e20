/** Queue-pair state machines, one per table and type, each transition with what it takes and what was seen of it. */
import type { QpTable, Spec } from '../../spec/model.ts';
import { bitNames, isLegal, isRefused, transitionOf } from '../../spec/qp_rules.ts';
import type { Origin } from './features.ts';
import type { MachinesView, MachineView, MoveVerdict, MoveView } from './model.ts';
import type { Published } from './published.ts';

/** A verdict while it is counted. */
type Tally = { -readonly [key in keyof MoveVerdict]: MoveVerdict[key] };

/** Verdicts by `OWNER TYPE FROM->TO`, where the owner is a table with clauses of its own, or nothing. */
type Seen = ReadonlyMap<string, readonly MoveVerdict[]>;

export function machinesOf(
  spec: Spec,
  published: readonly Published[],
  origins: ReadonlyMap<string, Origin>,
): MachinesView {
  const seen = seenMoves(spec, published, origins);
  const machines = Object.values(spec.qp.tables).flatMap((table) =>
    Object.keys(table.types).map((type) => machineOf(spec, table, type, seen)),
  );
  return { states: spec.qp.states, posting: spec.qp.posting, machines };
}

/** The table whose chapter a clause stands in; the other tables have their clauses in common, and the type tells which it was. */
function ownerOf({ qp, clauses }: Spec, clause: string): string {
  return Object.keys(qp.tables).find((id) => clauses[clause]?.chapter === `qp_${id}`) ?? '';
}

function machineOf(spec: Spec, table: QpTable, type: string, seen: Seen): MachineView {
  const { states } = spec.qp;
  const pairs = states.flatMap((from) => states.map((to) => ({ from, to })));
  const owner = Object.keys(spec.clauses).some((clause) => ownerOf(spec, clause) === table.id) ? table.id : '';
  const verdicts = (from: string, to: string): readonly MoveVerdict[] =>
    seen.get(`${owner} ${type} ${from}->${to}`) ?? [];
  return {
    id: `${table.id}-${type.toLowerCase().replaceAll('_', '-')}`,
    table: table.id,
    transports: table.transports,
    type,
    moves: pairs
      .filter(({ from, to }) => isLegal(table, from, to))
      .map(({ from, to }): MoveView => {
        const { required, optional } = transitionOf(table, type, from, to);
        const others = Object.keys(spec.qp.bits).filter((bit) => bit !== 'STATE');
        const taken = [bitNames(spec.qp, required), bitNames(spec.qp, optional)] as const;
        const refused = others.filter((bit) => !taken[0].includes(bit) && !taken[1].includes(bit));
        return { from, to, required: taken[0], optional: taken[1], refused, verdicts: verdicts(from, to) };
      }),
    illegal: pairs
      .filter(({ from, to }) => isRefused(table, from, to))
      .map(({ from, to }) => ({ from, to, verdicts: verdicts(from, to) })),
  };
}

/**
 * Checks on transitions: those of scenarios whose examples name a type and a state, and that begin with the pair as the
 * tables write it.
 */
function seenMoves(spec: Spec, published: readonly Published[], origins: ReadonlyMap<string, Origin>): Seen {
  const states = new Set(spec.qp.states);
  const found = new Map<string, Map<string, Tally>>();
  for (const { id: subject, document } of published) {
    for (const { id, checks } of document.scenarios) {
      const { type, state } = origins.get(id)?.row ?? {};
      if (type === undefined || state === undefined) continue;
      for (const { name, clause, passed } of checks) {
        const [pair = ''] = name.split(' ', 1);
        const [from = '', to = ''] = pair.split('->');
        if (from !== state || !states.has(to)) continue;
        const key = `${ownerOf(spec, clause)} ${type} ${pair}`;
        let verdicts = found.get(key);
        if (verdicts === undefined) found.set(key, (verdicts = new Map<string, Tally>()));
        const which = `${subject} ${clause}`;
        let verdict = verdicts.get(which);
        if (verdict === undefined) verdicts.set(which, (verdict = { subject, clause, passed: 0, failed: 0 }));
        if (passed) verdict.passed += 1;
        else verdict.failed += 1;
      }
    }
  }
  return new Map([...found].map(([key, verdicts]) => [key, [...verdicts.values()]]));
}
