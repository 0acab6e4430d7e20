/** Defects of connection identifiers: their lives, addresses and events, and their moves to a device. */
import { NO_GID, type CmId } from '../../emulator/core/connections.ts';
import { idsOn } from '../../emulator/classes/cm_removal.ts';
import { idOfCall } from '../../emulator/classes/cm_states.ts';
import type { Call } from '../../emulator/core/call.ts';
import type { Happening } from '../../emulator/core/events.ts';
import type { HandleTable } from '../../emulator/core/handle_table.ts';
import type { Instance } from '../../emulator/core/instance.ts';
import type { Removal } from '../../emulator/core/removal.ts';
import type { Message } from '../../emulator/fronts/uapi/message.ts';
import type { SystemPart } from '../../emulator/system_node.ts';
import { off, replaced, spoiled, stricter, wrongErrno, type Defect } from '../defect.ts';

/** Numbers of spec/objects/types.yaml: the states IDLE, BOUND, LISTENING and ESTABLISHED, and the port space IB. */
const [IDLE, BOUND, LISTENING, ESTABLISHED, IB] = [0, 1, 4, 7, 319];
/** Ids of attributes: the user handle, the service. */
const [USER_HANDLE, SERVICE] = [2, 7];
const FAVOURITE = 4242;

export const CM_ID_DEFECTS: readonly Defect[] = [
  spoiled<Call>('cm-id-create', 'wrong-value', { story: 'A new id has service 1.' }, ({ target }) => {
    if (target !== undefined) (target as Instance<CmId>).state.service = 1;
  }),
  off('cm-id-forms', { story: 'A create takes whatever it is given.' }),
  spoiled<Call>(
    'cm-id-query',
    'wrong-value',
    { story: 'A query reports no user handle.', pipeline: 'cm_id.query', also: ['system-handles'] },
    (call) => {
      call.outObjects[USER_HANDLE] = 0n;
    },
  ),
  stricter<Call>(
    'cm-id-moves',
    'EINVAL',
    {
      rule: 'cm-id-state',
      pipeline: 'cm_id.resolve_address',
      story: 'An id that is bound cannot look for an address.',
      also: ['cm-address-error'],
    },
    (call) => idOfCall(call).state === BOUND,
  ),
  replaced<Call>(
    'cm-id-state',
    'off',
    { story: 'An id can be made to listen in every state.', pipeline: 'cm_id.listen' },
    () => () => 0,
  ),
  wrongErrno('cm-id-state', 'ENOTCONN', {
    story: 'A method in the wrong state is told that there is no connection.',
    also: ['cm-removal'],
  }),
  stricter<Call>(
    'cm-id-destroy',
    'EBUSY',
    { rule: 'cm-id-destroy', pipeline: 'cm_id.destroy', story: 'The destroy of a connected id says that it is busy.' },
    (call) => idOfCall(call).state === ESTABLISHED,
  ),
  off('cm-bind-address', { story: 'An id can be bound to any address.' }),
  wrongErrno('cm-bind-address', 'EINVAL', { story: 'An address of nobody is a bad value.' }),
  off('cm-bind-in-use', { story: 'Many ids can have one address.' }),
  spoiled<Call>(
    'cm-bind-any',
    'wrong-value',
    { story: 'In port space IB the core always chooses one number.' },
    (call) => {
      if (idOfCall(call).portSpace === IB && call.numbers[SERVICE] === 0) idOfCall(call).service = FAVOURITE;
    },
  ),
  spoiled<Call>(
    'cm-address-resolved',
    'wrong-value',
    { story: 'An id that was resolved does not show its own address.' },
    (call) => {
      idOfCall(call).gid = NO_GID;
    },
  ),
  off('cm-address-error', { story: 'Every address is found.' }),
  off('cm-route-error', { story: 'There is a route by a port that is down.' }),
  replaced<Happening>(
    'event-record',
    'wrong-order',
    {
      story: 'Events of connection ids overtake those that wait.',
      suffix: 'of-ids-first',
      clauses: ['cm-event-channel', 'cm-move'],
    },
    (inner) => (happening) => {
      const errno = inner(happening);
      if (happening.source?.object === 'cm_id')
        for (const { records } of happening.channels) records.unshift(...records.splice(-1));
      return errno;
    },
  ),
  spoiled<Call>('cm-move', 'off', { story: 'Events that nobody has read stay behind and are lost.' }, ({ target }) => {
    if (target?.channel !== undefined) target.channel.records = [];
  }),
  wrongErrno('cm-move-file', 'EINVAL', { story: 'A descriptor that does not fit is a bad value.' }),
  wrongErrno('cm-source-unknown', 'EINVAL', { story: 'A handle of nobody is a bad value.' }),
  wrongErrno('cm-move-device', 'ENODEV', { story: 'An id of no device is told so.' }),
  off('cm-removal', { story: 'Ids of the node are not told that their device has gone.' }),
  spoiled<Removal>(
    'cm-removal-wildcard',
    'state-changed',
    { story: 'With a device every listener of the node ends.' },
    ({ system }) => {
      for (const id of idsOn(system)) if (id.port === undefined && id.state === LISTENING) id.state = IDLE;
    },
  ),
  spoiled<SystemPart>(
    'system-methods',
    'off',
    { story: 'Connecting is offered on the node, without a queue pair.', also: ['system-discovery'] },
    (system) => {
      const [whole, part] = [system.whole.objects['cm_id'], system.part.objects['cm_id']];
      const connect = whole?.methods['connect'];
      if (part === undefined || connect === undefined) return;
      const attributes = connect.attributes.filter(({ name }) => name !== 'qp');
      const methods = { ...part.methods, connect: { ...connect, attributes } };
      system.part = { ...system.part, objects: { ...system.part.objects, cm_id: { ...part, methods } } };
    },
  ),
  replaced<Message>(
    'handle-unknown',
    'wrong-value',
    {
      story: 'Files of the node share the handles of the first one.',
      suffix: 'on-system-node',
      clauses: ['system-handles'],
    },
    (inner) => (message) => {
      const errno = inner(message);
      const { device } = message.context;
      const [first] = device.contexts;
      const space = message.operation?.space ?? -1;
      if (errno !== 0 || device.model.id !== 'system' || first === undefined || space < 0) return errno;
      const shared = (first.tables[space] as HandleTable<Instance>).get(message.objectId);
      if (shared !== undefined && message.call.target !== undefined) message.call.target = shared;
      return 0;
    },
  ),
];
