/** The states a queue pair can be created in, from the tables: with what is accepted there, and with what a modify refuses. */
import type { StructValue, Value } from '../../spec/abi/abi.ts';
import { attributeOf } from '../../spec/abi/uapi/tables.ts';
import { wayTo } from '../../spec/qp_rules.ts';
import type { Context } from './client.ts';
import { bitsTo, takenBits, type Arrival } from './created_moved.ts';
import { limitOf, portCount } from './limits.ts';
import { attributesOf } from './queue_pairs.ts';
import { pathValue, transportOf, exampleOf, tableOf } from './things.ts';

const UPWARDS = wayTo('RTS');
const OTHERS = ['SQD', 'SQE', 'ERR'];
/** No partition-key table has as many entries. */
const NO_PKEY = 0xffff;

/** Every state with the least that the way to it needs, and with each attribute that it can have beside. */
export async function acceptedArrivals(context: Context, type: string): Promise<Arrival[]> {
  const transport = await transportOf(context);
  const arrivals: Arrival[] = [{ name: 'RESET', state: 'RESET', attributes: {} }];
  for (const state of UPWARDS) {
    arrivals.push({ name: state, state, attributes: {} });
    // There is no alternate path on RoCE.
    for (const bit of bitsTo(context, type, state).optional.filter((one) => one !== 'ALT_PATH' || transport !== 'ROCE'))
      arrivals.push({
        name: `${state} with ${bit}`,
        state,
        attributes: attributesOf(context, [bit], 'RESET', transport),
      });
  }
  return arrivals;
}

/** Ways on which a modify is refused: by the table, and for a value. */
export async function refusedArrivals(context: Context, type: string): Promise<Arrival[]> {
  return [...(await refusedByTable(context, type)), ...(await refusedForValues(context, type))];
}

async function refusedByTable(context: Context, type: string): Promise<Arrival[]> {
  const transport = await transportOf(context);
  const of = (bit: string): Arrival['attributes'] => attributesOf(context, [bit], 'RESET', transport);
  const arrivals: Arrival[] = OTHERS.map((state) => ({ name: state, state, attributes: {} }));
  arrivals.push({ name: 'RESET with PORT', state: 'RESET', attributes: of('PORT') });
  arrivals.push({ name: 'PORT without a state', state: 'RESET', attributes: { ...of('PORT'), state: undefined } });
  for (const state of UPWARDS) {
    const { required, optional } = bitsTo(context, type, state);
    for (const bit of required) {
      const missing = Object.fromEntries(Object.keys(of(bit)).map((name) => [name, undefined]));
      arrivals.push({ name: `${state} without ${bit}`, state, attributes: missing });
    }
    for (const bit of takenBits(context)) {
      if (!required.includes(bit) && !optional.includes(bit))
        arrivals.push({ name: `${state} with foreign ${bit}`, state, attributes: of(bit) });
    }
  }
  return arrivals;
}

async function refusedForValues(context: Context, type: string): Promise<Arrival[]> {
  const noPort = (await portCount(context)) + 1;
  const [own, foreign] = (await transportOf(context)) === 'ROCE' ? ['path_roce', 'path_ib'] : ['path_ib', 'path_roce'];
  const tooMany = (await limitOf(context, 'max_qp_rd_atom')) + 1;
  const path = (name: string, port: number): Value => {
    const example = exampleOf(attributeOf(tableOf(context.client.session.spec, 'qp'), name)) as StructValue;
    return pathValue(context, example, port);
  };
  const wrong: readonly [string, string, Arrival['attributes']][] = [
    ['PORT', 'a port that does not exist', { port: noPort }],
    ['PKEY_INDEX', 'a partition key beyond the table', { pkey_index: NO_PKEY }],
    ['AV', 'a path by a port that does not exist', { [own]: path(own, noPort) }],
    ['AV', 'a path of the other transport', { [own]: undefined, [foreign]: path(foreign, 1) }],
    ['AV', 'paths of two transports', { [foreign]: path(foreign, 1) }],
    ['MAX_DEST_RD_ATOMIC', 'more reads and atomics than the device serves', { max_dest_rd_atomic: tooMany }],
  ];
  return UPWARDS.flatMap((state) => {
    const { required } = bitsTo(context, type, state);
    const fit = wrong.filter(([bit]) => required.includes(bit));
    return fit.map(([, words, attributes]) => ({ name: `${state} with ${words}`, state, attributes }));
  });
}
