/** Defects of connections that the core makes: requests, queue pairs, ends. */
import { NO_GID, isSame, type CmId } from '../../emulator/core/connections.ts';
import { idOfCall } from '../../emulator/classes/cm_states.ts';
import type { Call } from '../../emulator/core/call.ts';
import type { Context } from '../../emulator/core/context.ts';
import type { Instance } from '../../emulator/core/instance.ts';
import { off, replaced, spoiled, wrongErrno, type Defect } from '../defect.ts';

/** Numbers of spec/objects/types.yaml: the states DISCONNECTED and ESTABLISHED, and the event CM_UNREACHABLE. */
const [DISCONNECTED, ESTABLISHED, UNREACHABLE] = [8, 7, 135];

/** Takes back what an id was told last. */
function untell({ owner }: CmId): void {
  for (const { records } of owner.heardBy ?? []) records.pop();
}

export const CM_CONNECTION_DEFECTS: readonly Defect[] = [
  spoiled<Call>(
    'cm-request-event',
    'off',
    { story: 'A listener at every port is not told of requests.', also: ['cm-removal-wildcard'] },
    (call) => {
      const { waitsAt } = idOfCall(call);
      if (waitsAt !== undefined && isSame(waitsAt.gid, NO_GID)) untell(waitsAt);
    },
  ),
  replaced<Call>(
    'cm-request-event',
    'wrong-order',
    { story: 'The newest request is taken first.', suffix: 'newest-first', clauses: ['cm-request-taken'] },
    (inner) => (call) => {
      const errno = inner(call);
      const { requests = [] } = idOfCall(call).waitsAt ?? {};
      requests.unshift(...requests.splice(-1));
      return errno;
    },
  ),
  spoiled<Call>(
    'cm-request-taken',
    'wrong-value',
    { story: 'Private data of a connect are lost on the way.', also: ['cm-move'] },
    ({ target }) => {
      if (target !== undefined) (target as Instance<CmId>).state.data = [];
    },
  ),
  wrongErrno('cm-request-none', 'ENOENT', {
    story: 'That no request waits is told as if there were no listener.',
    also: ['cm-removal-wildcard'],
  }),
  off('cm-source-state', { story: 'Any id can be asked for requests.' }),
  replaced<Call>(
    'cm-backlog',
    'off',
    { story: 'Any number of requests wait.', pipeline: 'cm_id.connect' },
    () => () => 0,
  ),
  spoiled<Call>(
    'cm-nobody-listens',
    'wrong-value',
    { story: 'Where nobody listens the other side is told to be out of reach.' },
    (call) => {
      const id = idOfCall(call);
      if (id.state !== DISCONNECTED) return;
      for (const { records } of id.owner.heardBy ?? [])
        records.push(...records.splice(-1).map((record) => ({ ...record, event: UNREACHABLE })));
    },
  ),
  off('cm-unreachable', { story: 'A request goes out by a port that is down.' }),
  wrongErrno('cm-private-data', 'EMSGSIZE', { story: 'Too many words are a message that is too long.' }),
  spoiled<Call>(
    'cm-established',
    'late-event',
    { story: 'Only the side that accepts is told of the connection.', also: ['cm-destroy-listener'] },
    (call) => {
      const { peer } = idOfCall(call);
      if (peer !== undefined) untell(peer);
    },
  ),
  off('cm-qp-state', { story: 'A queue pair in any state is connected.' }),
  spoiled<Call>(
    'cm-qp-path',
    'wrong-value',
    { story: 'Queue pairs are led to an address beside that of the route.' },
    (call) => {
      const id = idOfCall(call);
      for (const { qp } of [id, id.peer ?? id])
        for (const [attribute, path] of qp?.state.paths ?? [])
          qp?.state.paths.set(attribute, { ...path, dgid_low: BigInt(path['dgid_low'] ?? 0) + 1n });
    },
  ),
  off('cm-qp-modify', { story: 'A program can lead a connected queue pair elsewhere.' }),
  wrongErrno('cm-qp-modify', 'EINVAL', { story: 'A path that a program must not change is a bad value.' }),
  off('cm-qp-busy', { story: 'The queue pair of a connection can be destroyed.' }),
  replaced<Call>(
    'cm-reject',
    'wrong-value',
    { story: 'Private data of a reject are lost on the way.' },
    (inner) => (call) => {
      const { peer } = idOfCall(call);
      const errno = inner(call);
      if (peer !== undefined) peer.data = [];
      return errno;
    },
  ),
  replaced<Call>(
    'cm-disconnect',
    'off',
    { story: 'The other side is not told that the connection is over.' },
    (inner) => (call) => {
      idOfCall(call).peer = undefined;
      return inner(call);
    },
  ),
  off('cm-destroy-connected', {
    story: 'The other side of a destroyed id goes on for ever.',
    also: ['cm-close', 'cm-removal-wildcard'],
  }),
  off('cm-destroy-listener', { story: 'Requests at a destroyed listener wait for ever.', also: ['cm-close'] }),
  spoiled<Context>(
    'cm-close',
    'off',
    { story: 'The other side of a connection is not told that the file was closed.' },
    ({ instances }) => {
      for (const instance of instances)
        if (instance.object === 'cm_id' && (instance as Instance<CmId>).state.state === ESTABLISHED)
          instance.release = undefined;
    },
  ),
];
