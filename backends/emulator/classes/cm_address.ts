/** Where a connection identifier is and where it wants to: its own address, the port that leads to another one, the path, and listening. */
import { ERRNO } from '../../../spec/errno.ts';
import type { Spec } from '../../../spec/model.ts';
import type { Call } from '../core/call.ts';
import { NO_GID, gidOf, isSame, type CmId, type CmPort, type Gid } from '../core/connections.ts';
import type { Rule } from '../rules.ts';
import { cmStatesOf, idOfCall, tell } from './cm_states.ts';
import { idOf } from './ids.ts';

const ACTIVE = 'ACTIVE';

/** Whether a port carries anything. */
export function isUp({ device, number }: CmPort): boolean {
  return !device.removed && device.portStates[number - 1] === ACTIVE;
}

export function cmAddressRules(spec: Spec): Readonly<Record<string, readonly Rule<Call>[]>> {
  const id = (name: string): number => idOf(spec, 'cm_id', name);
  const { known, moves } = cmStatesOf(spec);
  const [high, low, service, backlog] = [id('gid_high'), id('gid_low'), id('service'), id('backlog')];
  const [farHigh, farLow, farService] = [id('remote_gid_high'), id('remote_gid_low'), id('remote_service')];
  const gidIn = (call: Call, one: number, other: number): Gid => ({
    high: call.has(one) ? (call.objects[one] as bigint) : 0n,
    low: call.has(other) ? (call.objects[other] as bigint) : 0n,
  });
  const own = (call: Call): Gid => gidIn(call, high, low);
  const far = (call: Call): Gid => gidIn(call, farHigh, farLow);
  const everywhere = (call: Call): boolean => isSame(own(call), NO_GID);

  /** The port of this id that leads to an address: here, the one that has it. */
  function portTo(call: Call): CmPort | undefined {
    const { port } = idOfCall(call);
    const found = call.device.connections.portAt(call.device, far(call));
    return port === undefined || port.number === found?.number ? found : undefined;
  }

  return {
    'cm_id.bind': [
      known,
      {
        clause: 'cm-bind-address',
        apply: (call) =>
          everywhere(call) || call.device.connections.portAt(call.device, own(call)) !== undefined
            ? 0
            : ERRNO.EADDRNOTAVAIL,
      },
      {
        clause: 'cm-bind-in-use',
        apply: (call) => {
          const { numbers, device } = call;
          const asked = numbers[service] ?? 0;
          return asked !== 0 && device.connections.isTaken(idOfCall(call), own(call), asked) ? ERRNO.EADDRINUSE : 0;
        },
      },
      {
        clause: 'cm-bind-any',
        apply: (call) => {
          const asked = call.numbers[service] ?? 0;
          idOfCall(call).service = asked === 0 ? call.device.connections.freeService() : asked;
          return idOfCall(call).service === 0 ? ERRNO.EADDRNOTAVAIL : 0;
        },
      },
      {
        clause: 'cm-id-query',
        apply: (call) => {
          const bound = idOfCall(call);
          bound.gid = own(call);
          bound.port = everywhere(call) ? undefined : call.device.connections.portAt(call.device, own(call));
          call.device.connections.bound.add(bound);
          return 0;
        },
      },
      moves,
    ],
    'cm_id.resolve_address': [
      known,
      {
        clause: 'cm-address-error',
        apply: (call) => ((call.refused = portTo(call) === undefined ? UNANSWERED : 0), 0),
      },
      {
        clause: 'cm-address-resolved',
        apply: (call) =>
          call.refused === 0 ? settle(call, portTo(call), far(call), call.numbers[farService] ?? 0) : 0,
      },
      answered(moves, 'CM_ADDR_RESOLVED', 'CM_ADDR_ERROR'),
    ],
    'cm_id.resolve_route': [
      known,
      {
        clause: 'cm-route-error',
        apply: (call) => {
          const { port } = idOfCall(call);
          call.refused = port !== undefined && isUp(port) ? 0 : UNANSWERED;
          return 0;
        },
      },
      answered(moves, 'CM_ROUTE_RESOLVED', 'CM_ROUTE_ERROR'),
    ],
    'cm_id.listen': [
      known,
      { clause: 'cm-backlog', apply: (call) => ((idOfCall(call).backlog = call.numbers[backlog] ?? 0), 0) },
      moves,
    ],
  };
}

/** Stands in `refused` of a call that is answered by an event which says that there is nothing. */
const UNANSWERED = 1;

/** The event that answers, and the move where it is a good one. */
function answered(moves: Rule<Call>, good: string, bad: string): Rule<Call> {
  return {
    clause: moves.clause,
    apply: (call) => {
      const failed = call.refused !== 0;
      call.refused = 0;
      const errno = failed ? 0 : moves.apply(call);
      tell(idOfCall(call), failed ? bad : good);
      return errno;
    },
  };
}

/** The id is on the port from now on, and knows whom it wants. */
function settle(call: Call, port: CmPort | undefined, gid: Gid, service: number): 0 {
  const found: CmId = idOfCall(call);
  const { connections } = call.device;
  if (port === undefined) return 0;
  found.port = port;
  found.gid = gidOf(port.device.model, port.number);
  found.remoteGid = gid;
  found.remoteService = service;
  if (!connections.bound.has(found)) found.service = connections.freeService();
  connections.bound.add(found);
  return 0;
}
