/** One sound call of every method a device serves: the material that damage is done to. */
import type { Session } from '../../backends/session.ts';
import type { Call, Value } from '../../spec/abi/abi.ts';
import type { Method, ObjectTable } from '../../spec/model.ts';
import { appliesTo, attributeOf, requiredFor } from '../../spec/abi/uapi/tables.ts';
import { arenaOf } from './arena.ts';
import type { Context } from './client.ts';
import { idIn, soundly } from './connections.ts';
import { meansFor } from './means.ts';
import { offers, served, taken, typesOffered } from './offered.ts';
import { bringTo, moveClause, transitionCall } from './queue_pairs.ts';
import { createCall, exampleOf, make, referentOf, tableOf, type Thing } from './things.ts';

export interface Specimen {
  /** `qp_rc.modify`: how checks name it. */
  readonly name: string;
  readonly object: string;
  readonly variant: string | undefined;
  readonly method: string;
  readonly creates: boolean;
  /** True where a sound call needs something done to its object first: a state entered, something attached, a user made. */
  readonly prepared: boolean;
}

const PORT_NUMBER = 1;
/** Room for lists: more than any device needs here. */
const LIST_BYTES = 1024;

/** Methods that undo what another has done with the same attributes. */
const UNDOES: Readonly<Record<string, string>> = { detach_mcast: 'attach_mcast' };

/** States in which work requests are taken. */
const POSTED_IN: Readonly<Record<string, string>> = { 'qp.post_send': 'RTS', 'qp.post_recv': 'INIT' };

function isPrepared(object: string, { name, user, from }: Method): boolean {
  return (
    from !== undefined ||
    UNDOES[name] !== undefined ||
    POSTED_IN[`${object}.${name}`] !== undefined ||
    user !== undefined
  );
}

/** Every (class, method) of the tables that this ABI expresses and this device offers. */
export function specimensOf(context: Context): Specimen[] {
  const { spec, abi } = context.client.session;
  const specimens: Specimen[] = [];
  for (const table of Object.values(spec.objects)) {
    if (table.instances !== 'fixed' && !offers(context.client.session, table)) continue;
    const variants = typeof table.classId === 'number' ? [undefined] : typesOffered(context.client.session);
    for (const variant of variants) {
      for (const method of Object.values(table.methods)) {
        if (!abi.expresses(table.object, method.name) || onOwnFile(table, method)) continue;
        if (!served(context.client.session, method, variant)) continue;
        const name = `${table.object}${variant === undefined ? '' : `_${variant.toLowerCase()}`}.${method.name}`;
        const prepared = isPrepared(table.object, method);
        specimens.push({
          name,
          object: table.object,
          variant,
          method: method.name,
          creates: method.role === 'create',
          prepared,
        });
      }
    }
  }
  return specimens;
}

/** Methods of an fd object are called on its own descriptor; the specimens all go to the device's. */
function onOwnFile({ instances }: ObjectTable, { role }: Method): boolean {
  return instances === 'fd' && role !== 'create';
}

/** A sound call of a specimen on objects of its own. */
export async function specimenCall(context: Context, specimen: Omit<Specimen, 'prepared'>): Promise<Call> {
  const { spec } = context.client.session;
  const { object, variant, method } = specimen;
  const table = tableOf(spec, object);
  if (specimen.creates)
    return (await createCall(context, object, variant, {}, await meansFor(context, object, variant))).call;
  if (object === 'qp' && method === 'modify') {
    const qp = await make(context, object, variant, {}, await meansFor(context, object, variant));
    return transitionCall(qp, 'RESET', 'INIT');
  }
  const [state] = table.methods[method]?.from ?? [];
  if (state !== undefined) {
    const id = await idIn(context, state);
    return { object, variant, method, on: id.handle, attributes: await soundly(context, method), room: {} };
  }
  const attributes: Record<string, Value> = {};
  const room: Record<string, number> = {};
  for (const use of table.methods[method]?.attributes ?? []) {
    if (!appliesTo(use, variant) || !taken(context.client.session, use)) continue;
    const attribute = attributeOf(table, use.name);
    if (use.direction === 'out') room[use.name] = attribute.type.kind === 'list' ? LIST_BYTES : 0;
    else if (referentOf(attribute) === undefined) attributes[use.name] = exampleOf(attribute);
  }
  if (object === 'mr' && attributes['start'] !== undefined) attributes['start'] = await arenaOf(context);
  if (object === 'hw_context' && attributes['address'] !== undefined) attributes['address'] = await arenaOf(context);
  if (table.instances === 'fixed')
    return { object, variant, method, on: object === 'port' ? PORT_NUMBER : 0, attributes, room };
  const thing = await make(context, object, variant, {}, await meansFor(context, object, variant));
  const wanted = POSTED_IN[`${object}.${method}`];
  if (wanted !== undefined) await bringTo(thing, wanted);
  // What names another object stays out unless the method cannot do without.
  for (const use of table.methods[method]?.attributes ?? []) {
    const wanted = referentOf(attributeOf(table, use.name));
    if (wanted === undefined || !appliesTo(use, variant) || !requiredFor(use, variant)) continue;
    const sharing = Object.fromEntries(Object.entries(thing.parts).filter(([name]) => name === 'pd'));
    attributes[use.name] = (await make(context, wanted, undefined, {}, sharing)).handle;
  }
  const call = { object, variant, method, on: thing.handle, attributes, room };
  const before = UNDOES[method];
  if (before !== undefined) await context.call({ ...call, method: before });
  const user = table.methods[method]?.user;
  if (user !== undefined) await makeUser(thing, user);
  return call;
}

/** An object of table `user` that uses a thing. */
export async function makeUser(thing: Thing, user: string): Promise<Thing> {
  const { context, object } = thing;
  const table = tableOf(context.client.session.spec, user);
  const name = Object.values(table.attributes).find((attribute) => referentOf(attribute) === object)?.name ?? '';
  return make(context, user, undefined, {}, { ...(await meansFor(context, user, undefined)), [name]: thing });
}

/** Success of these methods rests on a clause not called after object and method. */
const SUCCESS: Readonly<Record<string, string>> = {
  'interface.query': 'discovery-classes',
  'interface.query_class': 'discovery-methods',
  'interface.query_method': 'discovery-attributes',
  'interface.query_names': 'discovery-names',
  'interface.find': 'discovery-find',
  ...Object.fromEntries(
    ['bind', 'resolve_address', 'resolve_route', 'listen', 'connect', 'accept', 'reject', 'disconnect'].map(
      (method) => [`cm_id.${method}`, 'cm-id-moves'],
    ),
  ),
  'cq.req_notify': 'cq-notify',
  'pd.create_ahs': 'ah-many',
  'event_channel.create_fd': 'fd-create',
  'comp_channel.create_fd': 'fd-create',
  'async_event.create_fd': 'fd-create',
  'qp.post_send': 'post-accepts',
  'qp.post_recv': 'post-accepts',
  'srq.post_recv': 'post-accepts',
  'cq.poll': 'poll-empty',
  'qp.attach_mcast': 'mcast-attach',
  'qp.detach_mcast': 'mcast-detach',
};

/** The clause under which a sound call of this method succeeds. */
export function successClause(session: Session, { object, method }: Pick<Specimen, 'object' | 'method'>): string {
  if (object === 'qp' && method === 'modify') return moveClause(session, 'INIT');
  return object === 'hw_context'
    ? 'driver-class'
    : (SUCCESS[`${object}.${method}`] ?? `${object.replaceAll('_', '-')}-${method}`);
}
