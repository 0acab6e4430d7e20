/** Every pair of states with its masks, against the tables: what the front end lets through is what they say of the bits that reach them. */
import { expect, it } from 'vitest';
import type { Call, Value } from '../../../../spec/abi/abi.ts';
import { bitNames, isLegal, judge, transitionOf } from '../../../../spec/qp_rules.ts';
import type { QpTable } from '../../../../spec/model.ts';
import { CAP, Caller, testSpec, verbs } from './caller.ts';

const spec = testSpec();
const core = spec.qp.tables['core'] as QpTable;
const attributes = Object.values(spec.objects['qp']?.attributes ?? {}).filter(
  (attribute) => attribute.name !== 'path_roce',
);
const STATE = 'state';

function valuesOf(mask: number, from: string): Record<string, Value> {
  const names = bitNames(spec.qp, mask);
  const given = attributes.filter((attribute) => attribute.bit !== undefined && names.includes(attribute.bit));
  return Object.fromEntries(
    given.map((attribute) => [attribute.name, attribute.bit === 'CUR_STATE' ? from : (attribute.example as Value)]),
  );
}

it.each(['RC', 'UC', 'UD', 'RAW_PACKET', 'XRC_INI', 'XRC_TGT'])('judges %s', async (variant) => {
  const backend = verbs(spec);
  const caller = await Caller.open(spec, backend);
  const pd = await caller.create('pd');
  const cq = await caller.create('cq', { cqe: 10, comp_vector: 0 });
  const uses =
    variant === 'XRC_TGT' ? { xrcd: await caller.create('xrcd') } : { pd, send_cq: cq, recv_cq: cq, cap: CAP };
  const made = await caller.call({ object: 'qp', variant, method: 'create', attributes: uses, room: { qpn: 0 } });
  if (typeof made === 'string') throw new Error(made);
  const modify = (given: Readonly<Record<string, Value>>): Call => ({
    object: 'qp',
    variant,
    method: 'modify',
    on: made.handle,
    attributes: given,
  });
  const force = (state: string): Promise<unknown> =>
    backend.control({ action: 'force_state', device: 'emu0', qpn: Number(made.attributes['qpn']), state });
  const wrong: string[] = [];
  let checks = 0;
  for (const from of spec.qp.states) {
    for (const to of spec.qp.states) {
      const { required, optional } = isLegal(core, from, to)
        ? transitionOf(core, variant, from, to)
        : { required: 0, optional: 0 };
      const bits = Object.entries(spec.qp.bits).flatMap(([name, bit]) => (name === 'STATE' ? [] : [1 << bit]));
      for (const mask of new Set([required, required | optional, ...bits.map((bit) => required ^ bit)])) {
        await force('RESET');
        await caller.call(
          modify({ [STATE]: 'INIT', ...valuesOf(transitionOf(core, variant, 'RESET', 'INIT').required, 'RESET') }),
        );
        await force(from);
        const outcome = await caller.call(modify({ [STATE]: to, ...valuesOf(mask, from) }));
        const expected = judge(core, variant, from, to, caller.abi.modifyBits(variant, to, mask)) === 'accepted';
        checks += 1;
        if ((typeof outcome !== 'string') !== expected || (typeof outcome === 'string' && outcome !== 'EINVAL')) {
          wrong.push(
            `${from}->${to} ${bitNames(spec.qp, mask).join('+')}: ${typeof outcome === 'string' ? outcome : 'accepted'}`,
          );
        }
      }
    }
  }
  expect(wrong).toEqual([]);
  expect(checks).toBeGreaterThan(1000);
});
