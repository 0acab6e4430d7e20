/** Reading a queue pair as it is, and ending one. */
import type { StructValue } from '../../../spec/abi/abi.ts';
import { structOf } from '../../../spec/abi/uapi/values.ts';
import type { Spec, StructType } from '../../../spec/model.ts';
import type { Call } from '../core/call.ts';
import type { Instance } from '../core/instance.ts';
import type { Rule } from '../rules.ts';
import { idOf } from './ids.ts';
import { ERRNO } from '../../../spec/errno.ts';
import { FORGET_EVENTS, dismiss, notUsed } from './lifetime.ts';
import { notAttached } from './mcast.ts';
import type { QpState } from './qp_state.ts';

function emptyOf(struct: StructType): StructValue {
  return Object.fromEntries(struct.fields.map((field) => [field.name, field.width === 8 ? 0n : 0]));
}

export function qpQueryRules(spec: Spec): readonly Rule<Call>[] {
  const id = (name: string): number => idOf(spec, 'qp', name);
  const attributes = Object.values(spec.objects['qp']?.attributes ?? {});
  const asked = new Set(spec.objects['qp']?.methods['query']?.attributes.map((use) => use.name));
  const plain = attributes
    .filter((a) => a.bit !== undefined && asked.has(a.name) && a.type.kind !== 'struct')
    .map((a) => a.id);
  const paths = attributes
    .filter((a) => a.bit !== undefined && asked.has(a.name) && a.name !== 'cap')
    .flatMap((a) => (a.type.kind === 'struct' ? [{ id: a.id, empty: emptyOf(structOf(spec, a.type.of)) }] : []));
  const [state, curState, draining] = [id('state'), id('cur_state'), id('sq_draining')];
  const [qpn, cap, userHandle] = [id('qpn'), id('cap'), id('user_handle')];
  return [
    {
      clause: 'qp-query',
      apply: (call) => {
        const qp = (call.target as Instance<QpState>).state;
        for (const attribute of plain) call.outNumbers[attribute] = qp.numbers[attribute] ?? 0;
        for (const path of paths) call.outObjects[path.id] = qp.paths.get(path.id) ?? path.empty;
        call.outNumbers[state] = qp.state;
        call.outNumbers[curState] = qp.state;
        call.outNumbers[qpn] = qp.qpn;
        call.outObjects[cap] = qp.cap;
        call.outObjects[userHandle] = qp.userHandle;
        return 0;
      },
    },
    {
      clause: 'qp-sqd-draining',
      apply: (call) => ((call.outNumbers[draining] = (call.target as Instance<QpState>).state.draining ? 1 : 0), 0),
    },
  ];
}

export function qpDestroyRules(spec: Spec): readonly Rule<Call>[] {
  const events = idOf(spec, 'qp', 'events_reported');
  return [
    notAttached('mcast-destroy-busy'),
    notUsed('flow-uses'),
    {
      clause: 'cm-qp-busy',
      apply: (call) =>
        (call.target as Instance<QpState>).state.connection === undefined || call.target?.gone === true
          ? 0
          : ERRNO.EBUSY,
    },
    {
      clause: 'qp-destroy-count',
      apply: (call) => ((call.outNumbers[events] = (call.target as Instance).asyncEvents), 0),
    },
    ...FORGET_EVENTS,
    {
      clause: 'qp-destroy-completions',
      apply: (call) => (call.device.work.forget(call.target as Instance<QpState>), 0),
    },
    {
      clause: 'qp-destroy',
      apply: (call) => {
        dismiss(call);
        return 0;
      },
    },
  ];
}
