import { expect, it } from 'vitest';
import { compileSpec } from '../../compile.ts';
import { packageRoot } from '../../compile/files.ts';
import type { Spec } from '../../model.ts';
import { tablesOf } from './read_tables.ts';

const spec = compileSpec(packageRoot()).spec as Spec;

/** The specification with one entry of the `uverbs` tables replaced. */
function changed(path: string, value: unknown): Spec {
  const uverbs = structuredClone(spec.uverbs) as Record<string, unknown>;
  const keys = path.split('.');
  const last = keys.pop() ?? '';
  let node = uverbs;
  for (const key of keys) node = node[key] as Record<string, unknown>;
  node[last] = value;
  return { ...spec, uverbs };
}

it('reads the tables of the project', () => {
  const tables = tablesOf(spec);
  expect(tables.invoke).toMatchObject({ object: 'device', id: 0 });
  expect(tables.layouts['ex_modify_qp']?.fields.find((field) => field.name === 'base.port_num')).toMatchObject({
    at: 104,
    bytes: 1,
    carries: ['port'],
  });
});

it.each([
  ['objects.cq.methods.create.id', 'zero', 'objects.cq.methods.create.id: must be a whole number'],
  [
    'objects.cq.methods.create.attributes.CQE.type',
    'inn',
    'objects.cq.methods.create.attributes.CQE.type: must be one of object, fd, raw_fd, const, flags, enum, in, out',
  ],
  [
    'objects.cq.methods.create.attributes.CQE.carries',
    'cqes',
    'objects.cq.methods.create: CQE carries cqes, which cq.create does not have',
  ],
  ['objects.cq.methods.destroy.attributes.RESP.struct', 'nothing', 'must be a layout of structs.yaml'],
  ['objects.device.methods.get_context.context', 'closes', 'objects.device.methods.get_context.context: must be opens'],
  ['objects.device.methods.invoke_write.invokes', undefined, 'objects: no method invokes commands'],
  ['commands.query_qp.response', 'nothing', 'commands.query_qp.response: must be a layout of structs.yaml'],
  ['commands.query_qp', [], 'commands.query_qp: must be a mapping'],
  [
    'structs.query_qp_resp.fields.dest.bytes',
    30,
    'structs.query_qp_resp.fields.dest.bytes: must be 32, as qp_dest has',
  ],
  ['structs.alloc_pd_resp.bytes', 2, 'structs.alloc_pd_resp.pd_handle: must be within the 2 bytes of alloc_pd_resp'],
  ['structs', undefined, 'structs: must be a mapping'],
  ['objects.mr.methods.reg_mr.attributes.PD_HANDLE.object', 'pds', 'mr.methods.reg_mr: PD_HANDLE names no object pds'],
  ['objects.cq.methods.create.attributes.FLAGS.values', 'cq_flag', 'FLAGS names no constants cq_flag'],
  ['objects.mr.methods.advise_mr.attributes.SGE_LIST.of', 'sg', 'SGE_LIST names no elements sg'],
  ['objects.dmah.since', 'soon', "objects.dmah.since: must be a kernel version such as '6.12'"],
  ['constants.qp_type.neutral', 'qp_types', 'constants.qp_type.neutral: must be an enum of types.yaml'],
  ['constants.driver_id.since', { RXE2: '6.2' }, 'constants.driver_id.RXE2: must be one of its members'],
  ['hfi1.ioctls.GET_VERS.moves', 'away', 'hfi1.ioctls.GET_VERS.moves: must be one of in, out, both, none'],
])('refuses %s = %s', (path, value, message) => {
  expect(() => tablesOf(changed(path, value))).toThrow(message);
});
