/** Connection identifiers: made anew, out of a request, or out of one of the system-wide node; read; and ended. */
import { ERRNO } from '../../../spec/errno.ts';
import type { Spec } from '../../../spec/model.ts';
import type { Call } from '../core/call.ts';
import { dissociate, dropUnread, type Channel } from '../core/channel.ts';
import { NO_GID, gidOf, isSystem, type CmId, type CmRequest } from '../core/connections.ts';
import type { Context } from '../core/context.ts';
import type { Instance } from '../core/instance.ts';
import type { Rule } from '../rules.ts';
import { cmAddressRules } from './cm_address.ts';
import { cmConnectRules } from './cm_connect.ts';
import { cmStatesOf, idOfCall } from './cm_states.ts';
import { idOf } from './ids.ts';
import { FORGET_EVENTS, admit, dismiss } from './lifetime.ts';

const OBJECT = 'cm_id';

export function cmIdRules(spec: Spec): Readonly<Record<string, readonly Rule<never>[]>> {
  const id = (name: string): number => idOf(spec, OBJECT, name);
  const states = cmStatesOf(spec);
  const [portSpace, userHandle, source, file] = ['port_space', 'user_handle', 'source', 'file'].map(id) as [
    number,
    number,
    number,
    number,
  ];
  const LISTENING = states.number('LISTENING');
  const given = (call: Call, attribute: number): boolean => call.has(attribute);
  const fileOf = (call: Call) => call.process?.file(call.numbers[file] ?? -1);
  /** The id that a create starts from. */
  const sourceOf = (call: Call): Instance<CmId> | undefined => {
    const context: Context | undefined = given(call, file) ? fileOf(call)?.context : call.context;
    const space = context?.device.table.spaces.indexOf(OBJECT) ?? -1;
    return context?.tables[space]?.get(call.numbers[source] ?? 0) as Instance<CmId> | undefined;
  };
  const from = (call: Call): CmId => (sourceOf(call) as Instance<CmId>).state;
  const takes = (call: Call): boolean => given(call, source) && !given(call, file);
  const make = (call: Call, values: Partial<CmId> & Pick<CmId, 'portSpace' | 'state'>): CmId => {
    const made: Omit<CmId, 'owner'> = {
      userHandle: given(call, userHandle) ? (call.objects[userHandle] as bigint) : 0n,
      port: undefined,
      gid: NO_GID,
      service: 0,
      remoteGid: NO_GID,
      remoteService: 0,
      data: [],
      backlog: 0,
      requests: [],
      waitsAt: undefined,
      peer: undefined,
      qp: undefined,
      ...values,
    };
    return own(call, made as CmId);
  };

  const create: readonly Rule<Call>[] = [
    {
      clause: 'cm-id-forms',
      apply: (call) =>
        given(call, source) === given(call, portSpace) || (given(call, file) && !given(call, source))
          ? ERRNO.EINVAL
          : 0,
    },
    {
      clause: 'cm-move-file',
      apply: (call) => {
        if (!given(call, file)) return 0;
        const named = fileOf(call);
        return named?.channel === undefined && named !== undefined && isSystem(named.context.device) ? 0 : ERRNO.EBADF;
      },
    },
    {
      clause: 'cm-source-unknown',
      apply: (call) => (given(call, source) && sourceOf(call) === undefined ? ERRNO.ENOENT : 0),
    },
    {
      clause: 'cm-source-state',
      apply: (call) => (takes(call) && from(call).state !== LISTENING ? ERRNO.EINVAL : 0),
    },
    {
      clause: 'cm-request-none',
      apply: (call) => (takes(call) && from(call).requests.length === 0 ? ERRNO.EAGAIN : 0),
    },
    {
      clause: 'cm-move-device',
      apply: (call) => (given(call, file) && from(call).port?.device !== call.device ? ERRNO.EINVAL : 0),
    },
    {
      clause: 'cm-id-create',
      apply: (call) => {
        if (!given(call, source)) make(call, { portSpace: call.numbers[portSpace] ?? 0, state: states.number('IDLE') });
        return 0;
      },
    },
    {
      clause: 'cm-request-taken',
      apply: (call) => {
        if (!takes(call)) return 0;
        const listener = from(call);
        const request = listener.requests.shift() as CmRequest;
        const { port, data, from: far } = request;
        const taken = make(call, {
          portSpace: listener.portSpace,
          state: states.number('REQUESTED'),
          port,
          gid: gidOf(port.device.model, port.number),
          service: listener.service,
          remoteGid: far.gid,
          remoteService: far.service,
          data,
          peer: far,
        });
        far.waitsAt = undefined;
        far.peer = taken;
        return 0;
      },
    },
    {
      clause: 'cm-move',
      apply: (call) => {
        if (!given(call, file)) return 0;
        const old = sourceOf(call) as Instance<CmId>;
        const moved = own(call, old.state);
        if (given(call, userHandle)) moved.userHandle = call.objects[userHandle] as bigint;
        old.release = undefined;
        moveRecords(old, moved.owner);
        dropUnread(old);
        dissociate(old);
        old.context.detach(old);
        call.target = moved.owner;
        return 0;
      },
    },
  ];

  const query: readonly Rule<Call>[] = [
    {
      clause: 'cm-id-query',
      apply: (call) => {
        const asked = idOfCall(call);
        call.outNumbers[portSpace] = asked.portSpace;
        call.outObjects[userHandle] = asked.userHandle;
        call.outObjects[id('gid_high')] = asked.gid.high;
        call.outObjects[id('gid_low')] = asked.gid.low;
        call.outNumbers[id('service')] = asked.service;
        call.outObjects[id('remote_gid_high')] = asked.remoteGid.high;
        call.outObjects[id('remote_gid_low')] = asked.remoteGid.low;
        call.outNumbers[id('remote_service')] = asked.remoteService;
        call.outObjects[id('private_data')] = asked.data;
        call.outNumbers[id('state')] = asked.state;
        call.outNumbers[id('port')] = asked.port?.number ?? 0;
        return 0;
      },
    },
  ];

  return {
    'cm_id.create': create,
    'cm_id.query': query,
    'cm_id.destroy': [...FORGET_EVENTS, { clause: 'cm-id-destroy', apply: (call: Call) => (dismiss(call), 0) }],
    ...cmAddressRules(spec),
    ...cmConnectRules(spec),
  };
}

/** The id is an object of this file, and ends with it. */
function own(call: Call, id: CmId): CmId {
  id.owner = admit(call, [], id) as Instance<CmId>;
  const { connections } = call.device;
  id.owner.release = () => {
    connections.ending(id);
  };
  return id;
}

/** What nobody has read of an id, from the channel of its old object to that of the new one. */
function moveRecords(old: Instance, owner: Instance): void {
  const channelOf = ({ channel, defaultChannel }: Instance): Channel | undefined => channel ?? defaultChannel;
  const [before, after] = [channelOf(old), channelOf(owner)];
  const unread = before?.records.filter(({ source }) => source === old) ?? [];
  for (const record of unread) after?.push({ ...record, classId: record.classId, source: owner });
  after?.wake();
}
