/** Creating a queue pair in another state than RESET: the modifies on the way to it, all or nothing. */
import { ERRNO } from '../../../spec/errno.ts';
import type { Spec, Transition } from '../../../spec/model.ts';
import { bitOf, wayTo } from '../../../spec/qp_rules.ts';
import type { Call } from '../core/call.ts';
import type { Instance } from '../core/instance.ts';
import { classOf, type Operation } from '../dispatch_table.ts';
import type { Rule } from '../rules.ts';
import { idOf } from './ids.ts';
import { dismiss } from './lifetime.ts';
import type { QpState } from './qp_state.ts';

/** Attributes by id, as the presence words of a call have them. */
interface Ids {
  readonly low: number;
  readonly high: number;
}

/** The last rules of a create: they find the queue pair made. Of a message without attributes of modify they ask nothing. */
export function qpCreateMovedRules(spec: Spec): readonly Rule<Call>[] {
  const { create, modify } = spec.objects['qp']?.methods ?? {};
  const state = idOf(spec, 'qp', 'state');
  const taken = new Set(create?.attributes.filter((use) => use.direction === 'in').map((use) => use.name));
  const shared = (modify?.attributes ?? [])
    .filter((use) => taken.has(use.name))
    .map((use) => idOf(spec, 'qp', use.name));
  const all = idsOf(shared);
  const roce = idsOf([idOf(spec, 'qp', 'path_roce')]).high;
  const av = bitOf(spec.qp, 'AV');
  const reset = spec.enums['qp_state']?.['RESET'] ?? 0;
  const names = new Map(Object.entries(spec.enums['qp_state'] ?? {}).map(([name, number]) => [number, name]));
  const numberOf = (name: string): number => spec.enums['qp_state']?.[name] ?? reset;
  const given = (call: Call): boolean => ((call.low & all.low) | (call.high & all.high)) !== 0;

  /** The attributes that a row of the state table lists; the bit of the path stands for that of either transport. */
  function listed(row: Transition | undefined): Ids {
    const mask = row === undefined ? 0 : row.required | row.optional;
    return { low: (mask << 1) & ~(1 << state), high: (mask & av) === 0 ? 0 : roce };
  }

  /** The first refusal of the modifies on the way, or 0. Each carries what its row lists, the last one also what no row does. */
  function moved(call: Call, modifies: Operation): number {
    const { low, high } = call;
    const asked = call.has(state) ? (call.numbers[state] as number) : reset;
    const way = wayTo(names.get(asked) ?? '').map(numberOf);
    const { moves } = (call.target as Instance<QpState>).state;
    const rows = way.map((to, at) => listed(moves.from[at === 0 ? reset : (way[at - 1] as number)]?.[to]));
    const over = rows.reduce(without, { low: low & all.low & ~(1 << state), high: high & all.high });
    for (const [at, to] of way.entries()) {
      const row = rows[at] as Ids;
      const rest = at === way.length - 1 ? over : NONE;
      call.low = (low & all.low & row.low) | rest.low | (1 << state);
      call.high = (high & all.high & row.high) | rest.high;
      call.numbers[state] = to;
      const errno = modifies.run(call);
      if (errno !== 0) return errno;
    }
    return 0;
  }

  /** The same under the operation that modifies queue pairs of this type on this device, after which the call is a create again. */
  function movedByDevice(call: Call): number {
    const { operation, low, high } = call;
    const modifies = classOf(call.device.table, operation.classId)?.methods[modify?.number ?? 0];
    if (modifies === undefined) return ERRNO.EOPNOTSUPP;
    call.operation = modifies;
    const errno = moved(call, modifies);
    Object.assign(call, { operation, low, high });
    return errno;
  }

  return [
    { clause: 'qp-create-moved', apply: (call) => ((call.refused = given(call) ? movedByDevice(call) : 0), 0) },
    {
      clause: 'qp-create-moved-nothing',
      apply: (call) => {
        if (call.refused === 0) return 0;
        dismiss(call);
        call.target = undefined;
        return 0;
      },
    },
    { clause: 'qp-create-moved-refused', apply: (call) => call.refused },
  ];
}

const NONE: Ids = { low: 0, high: 0 };

function idsOf(ids: readonly number[]): Ids {
  const word = (from: number): number =>
    ids.filter((id) => id >= from && id < from + 32).reduce((bits, id) => bits | (1 << (id - from)), 0);
  return { low: word(0), high: word(32) };
}

function without(one: Ids, other: Ids): Ids {
  return { low: one.low & ~other.low, high: one.high & ~other.high };
}
