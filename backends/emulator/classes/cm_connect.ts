/** Connecting inside the kernel: the request, its answer, the queue pairs on both sides, and the end. */
import { ERRNO } from '../../../spec/errno.ts';
import type { Spec } from '../../../spec/model.ts';
import type { Call } from '../core/call.ts';
import type { CmId, CmPort } from '../core/connections.ts';
import type { Instance } from '../core/instance.ts';
import type { Rule } from '../rules.ts';
import { isUp } from './cm_address.ts';
import { cmQueuePairs } from './cm_queue_pairs.ts';
import { cmStatesOf, idOfCall, tell } from './cm_states.ts';
import { idOf } from './ids.ts';
import type { QpState } from './qp_state.ts';

/** Words of private data that a message has room for: 56 bytes, as in a request of the kernel's TCP port space. */
const MOST_WORDS = 14;

export function cmConnectRules(spec: Spec): Readonly<Record<string, readonly Rule<never>[]>> {
  const states = cmStatesOf(spec);
  const [qp, privateData] = [idOf(spec, 'cm_id', 'qp'), idOf(spec, 'cm_id', 'private_data')];
  const [CONNECTING, ESTABLISHED] = [states.number('CONNECTING'), states.number('ESTABLISHED')];
  const [DISCONNECTED, LISTENING] = [states.number('DISCONNECTED'), states.number('LISTENING')];
  const pairs = cmQueuePairs(spec);
  const dataOf = (call: Call): readonly number[] =>
    call.has(privateData) ? (call.objects[privateData] as readonly number[]) : [];
  const pairOf = (call: Call): Instance<QpState> => call.instance(qp) as Instance<QpState>;

  /** The id has no connection any more; whoever listens to it hears why. */
  function over(id: CmId, event: string): void {
    id.state = DISCONNECTED;
    id.waitsAt = undefined;
    id.peer = undefined;
    pairs.leave(id);
    tell(id, event);
  }

  const fits: readonly Rule<Call>[] = [
    states.known,
    {
      clause: 'cm-qp-state',
      apply: (call) =>
        call.has(qp) && pairs.fits(pairOf(call).state, idOfCall(call).port as CmPort) ? 0 : ERRNO.EINVAL,
    },
  ];
  const short: Rule<Call> = {
    clause: 'cm-private-data',
    apply: (call) => (dataOf(call).length > MOST_WORDS ? ERRNO.EINVAL : 0),
  };

  const connect: readonly Rule<Call>[] = [
    ...fits,
    short,
    states.moves,
    {
      clause: 'cm-unreachable',
      apply: (call) => {
        const id = idOfCall(call);
        if (id.port === undefined || isUp(id.port)) return 0;
        over(id, 'CM_UNREACHABLE');
        return 0;
      },
    },
    {
      clause: 'cm-nobody-listens',
      apply: (call) => {
        const id = idOfCall(call);
        if (id.state !== CONNECTING) return 0;
        id.waitsAt = call.device.connections.listenerAt(id.port as CmPort, id.remoteService, id.portSpace, LISTENING);
        if (id.waitsAt === undefined) over(id, 'CM_REJECTED');
        return 0;
      },
    },
    {
      clause: 'cm-backlog',
      apply: (call) => {
        const id = idOfCall(call);
        const { waitsAt } = id;
        if (waitsAt !== undefined && waitsAt.requests.length >= waitsAt.backlog) over(id, 'CM_REJECTED');
        return 0;
      },
    },
    {
      clause: 'cm-request-event',
      apply: (call) => {
        const id = idOfCall(call);
        if (id.waitsAt === undefined) return 0;
        pairs.take(id, pairOf(call));
        id.waitsAt.requests.push({ from: id, port: id.port as CmPort, data: dataOf(call) });
        tell(id.waitsAt, 'CM_CONNECT_REQUEST');
        return 0;
      },
    },
  ];

  const accept: readonly Rule<Call>[] = [
    ...fits,
    short,
    {
      clause: 'cm-qp-path',
      apply: (call) => {
        const id = idOfCall(call);
        pairs.take(id, pairOf(call));
        const { peer } = id;
        if (peer !== undefined) for (const [one, other] of pairsOf(id, peer)) pairs.connect(one, other);
        return 0;
      },
    },
    states.moves,
    {
      clause: 'cm-established',
      apply: (call) => {
        const id = idOfCall(call);
        const { peer } = id;
        if (peer === undefined) return 0;
        peer.state = ESTABLISHED;
        peer.data = dataOf(call);
        for (const one of [peer, id]) tell(one, 'CM_ESTABLISHED');
        return 0;
      },
    },
  ];

  const reject: readonly Rule<Call>[] = [
    states.known,
    short,
    states.moves,
    {
      clause: 'cm-reject',
      apply: (call) => {
        const id = idOfCall(call);
        const { peer } = id;
        id.peer = undefined;
        if (peer === undefined) return 0;
        peer.data = dataOf(call);
        over(peer, 'CM_REJECTED');
        return 0;
      },
    },
  ];

  const disconnect: readonly Rule<Call>[] = [
    states.known,
    states.moves,
    {
      clause: 'cm-disconnect',
      apply: (call) => {
        const id = idOfCall(call);
        const { peer } = id;
        for (const one of [id, peer]) if (one !== undefined) over(one, 'CM_DISCONNECTED');
        return 0;
      },
    },
  ];

  const ending: readonly Rule<CmId>[] = [
    {
      clause: 'cm-destroy-listener',
      apply: ({ requests }) => {
        for (const { from } of requests.splice(0)) over(from, 'CM_REJECTED');
        return 0;
      },
    },
    {
      clause: 'cm-destroy-connected',
      apply: (id) => {
        const { peer, waitsAt } = id;
        if (waitsAt !== undefined) waitsAt.requests = waitsAt.requests.filter(({ from }) => from !== id);
        if (peer !== undefined) over(peer, id.state === ESTABLISHED ? 'CM_DISCONNECTED' : 'CM_REJECTED');
        pairs.leave(id);
        return 0;
      },
    },
    {
      clause: 'cm-id-destroy',
      apply: (id) => {
        id.owner.context.device.connections.bound.delete(id);
        return 0;
      },
    },
  ];

  return {
    'cm_id.connect': connect,
    'cm_id.accept': accept,
    'cm_id.reject': reject,
    'cm_id.disconnect': disconnect,
    'cm_id.end': ending,
  };
}

function pairsOf(one: CmId, other: CmId): readonly (readonly [CmId, CmId])[] {
  return [
    [one, other],
    [other, one],
  ];
}
