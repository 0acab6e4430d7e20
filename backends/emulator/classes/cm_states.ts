/** The states of connection identifiers, which method is taken in which, and how an id tells of what happens to it. */
import { ERRNO } from '../../../spec/errno.ts';
import type { Spec } from '../../../spec/model.ts';
import type { CmId } from '../core/connections.ts';
import type { Call } from '../core/call.ts';
import type { Instance } from '../core/instance.ts';
import type { Rule } from '../rules.ts';

export interface CmStates {
  /** The number of a state. */
  number(name: string): number;
  /** Refuses a method in a state that the tables do not name for it. */
  readonly known: Rule<Call>;
  /** Moves to the state that the tables name. */
  readonly moves: Rule<Call>;
}

export function cmStatesOf(spec: Spec): CmStates {
  const numbers = spec.enums['cm_state'] ?? {};
  const number = (name: string): number => numbers[name] ?? -1;
  const methods = Object.values(spec.objects['cm_id']?.methods ?? {});
  const from = new Map(methods.map((method) => [method.name, new Set((method.from ?? []).map(number))]));
  const to = new Map(methods.map((method) => [method.name, number(method.to ?? '')]));
  return {
    number,
    known: {
      clause: 'cm-id-state',
      apply: (call) => (from.get(call.operation.method)?.has(idOfCall(call).state) === true ? 0 : ERRNO.EINVAL),
    },
    moves: {
      clause: 'cm-id-moves',
      apply: (call) => ((idOfCall(call).state = to.get(call.operation.method) ?? -1), 0),
    },
  };
}

/** The id a call is about. */
export function idOfCall({ target }: Call): CmId {
  return (target as Instance<CmId>).state;
}

/** Tells whoever listens to the id. */
export function tell({ owner }: CmId, event: string): void {
  const { device } = owner.context;
  device.raise({ device, event, source: owner, channels: [] });
}
