/** Paths of address handles, sound and not, port by port. */
import type { Call, StructValue, Value } from '../../spec/abi/abi.ts';
import { says } from '../../spec/abi/says.ts';
import type { Context } from './client.ts';
import type { Case, Cases } from './cases.ts';
import { portCount, query } from './limits.ts';
import { make, pathOn, tableOf } from './things.ts';

const NONE = { path_ib: undefined, path_roce: undefined };
const PATHS = ['path_ib', 'path_roce'] as const;

/** The sound path of a port with some fields altered; altered is empty for the path as it is. */
async function pathCase(context: Context, port: number, name: string, altered: StructValue = {}): Promise<Case> {
  const [attribute, path] = await pathOn(context, tableOf(context.client.session.spec, 'ah'), port);
  return { name: `port ${String(port)} ${name}`, attributes: { ...NONE, [attribute]: { ...path, ...altered } } };
}

async function onEachPort(context: Context, work: (port: number) => Promise<Case[]>): Promise<Case[]> {
  const cases: Case[] = [];
  for (let port = 1; port <= (await portCount(context)); port += 1) cases.push(...(await work(port)));
  return cases;
}

async function isRoce(context: Context, port: number): Promise<boolean> {
  const [attribute] = await pathOn(context, tableOf(context.client.session.spec, 'ah'), port);
  return attribute === 'path_roce';
}

/** What gives a path a GRH: nothing needs to where the transport always has one. */
async function withGrh(context: Context, port: number): Promise<StructValue> {
  return (await isRoce(context, port)) ? {} : { is_global: 1 };
}

const everyPort: Cases = (context) =>
  onEachPort(context, async (port) => {
    const grh = await withGrh(context, port);
    // The sound path of a RoCE port leads somewhere already.
    const group = (await isRoce(context, port))
      ? {}
      : { dgid_high: 0xfe80000000000000n, dgid_low: 0x0002c90300a1b2c4n };
    return [
      await pathCase(context, port, 'as it is'),
      await pathCase(context, port, 'with a GRH', {
        ...grh,
        ...group,
        hop_limit: 64,
        flow_label: 0x12345,
        traffic_class: 7,
      }),
      await pathCase(context, port, 'of service level 3', { ...grh, sl: 3 }),
    ];
  });

const noSuchPort: Cases = async (context) => {
  const last = await portCount(context);
  const [attribute, path] = await pathOn(context, tableOf(context.client.session.spec, 'ah'));
  return [0, last + 1, 255].map((port) => ({
    name: `port ${String(port)}`,
    attributes: { ...NONE, [attribute]: { ...path, port } },
  }));
};

/** Indexes beyond the table that a message can say: one of 256 entries leaves none where an octet is all there is. */
const gidBeyond: Cases = (context) =>
  onEachPort(context, async (port) => {
    const { reply } = await query(context, 'port', port);
    const entries = Number(reply?.attributes['gid_table_length'] ?? 0);
    const grh = await withGrh(context, port);
    const indexes = [entries, 255].filter((index) => index >= entries);
    const cases = await Promise.all(
      indexes.map((index) => pathCase(context, port, `GID ${String(index)}`, { ...grh, sgid_index: index })),
    );
    const { abi } = context.client.session;
    return cases.filter(({ attributes: { path_ib, path_roce } }) => {
      const path = path_roce === undefined ? { path_ib } : { path_roce };
      return says(abi, { object: 'ah', method: 'create', attributes: { pd: 0, ...path } as Call['attributes'] });
    });
  });

/** Examples of both paths, each on the port. */
function both(context: Context, port: number): Readonly<Record<(typeof PATHS)[number], Value>> {
  const { attributes } = tableOf(context.client.session.spec, 'ah');
  const [ib, roce] = PATHS.map((name) => ({ ...(attributes[name]?.example as StructValue), port }));
  return { path_ib: ib ?? {}, path_roce: roce ?? {} };
}

export const AH_CASES: Readonly<Record<string, Cases>> = {
  'a path by every port': everyPort,
  'a port the device does not have': noSuchPort,
  'no path or two': (context) => [
    { name: 'no path', attributes: NONE },
    { name: 'two paths', attributes: both(context, 1) },
  ],
  'the path of another transport': (context) =>
    onEachPort(context, async (port) => {
      const wrong = (await isRoce(context, port)) ? 'path_ib' : 'path_roce';
      return [{ name: `port ${String(port)} ${wrong}`, attributes: { ...NONE, [wrong]: both(context, port)[wrong] } }];
    }),
  'a path without a GRH on a RoCE port': (context) =>
    onEachPort(context, async (port) => {
      if (!(await isRoce(context, port))) return [];
      return [{ name: `port ${String(port)}`, attributes: { ...NONE, path_ib: { dlid: 0, port } } }];
    }),
  'a source GID beyond the table': gidBeyond,
  'a protection domain that is none': async (context) => {
    const cq = await make(context, 'cq');
    return [{ name: 'a completion queue', attributes: { pd: cq.handle } }];
  },
};
