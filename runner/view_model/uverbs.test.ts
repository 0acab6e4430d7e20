import { expect, it } from 'vitest';
import { projectSpec } from '../../spec/project_spec.ts';
import { uverbsOf } from './uverbs.ts';

const view = uverbsOf(projectSpec());

it('has what a reader looks for, by the kernel’s names', () => {
  const create = view.objects.find(({ name }) => name === 'cq')?.methods.find(({ name }) => name === 'create');
  expect(create).toMatchObject({ constant: 'UVERBS_METHOD_CQ_CREATE', serves: 'cq.create' });
  const form = (name: string): string | undefined => create?.attributes.find((one) => one.name === name)?.form;
  expect(['HANDLE', 'CQE', 'COMP_CHANNEL', 'FLAGS', 'RESP_CQE', 'BUFFER_FD', 'UHW_IN'].map(form)).toEqual([
    'handle of cq, new',
    'in, 4 bytes',
    'descriptor of comp_channel, read',
    'flags, 4 or 8 bytes',
    'out, 4 bytes',
    'any descriptor',
    'in, 0 bytes or more',
  ]);
  expect(create?.attributes.find(({ name }) => name === 'BUF_UMEM')).toMatchObject({
    constant: 'UVERBS_ATTR_CREATE_CQ_BUF_UMEM',
    since: '7.2',
    struct: 'buffer_desc',
  });
});

it('says of a command what it asks for, and of a struct what lies where', () => {
  expect(view.commands.find(({ name }) => name === 'create_flow')).toMatchObject({
    constant: 'IB_USER_VERBS_EX_CMD_CREATE_FLOW',
    request: { struct: 'create_flow', bytes: 24, minimum: 24 },
    response: { bytes: 8, minimum: 0 },
  });
  expect(view.commands.find(({ name }) => name === 'peek_cq')).toEqual(
    expect.not.objectContaining({ object: expect.anything() as unknown }),
  );
  const wc = view.structs.find(({ name }) => name === 'ib_uverbs_wc')?.fields;
  expect(wc?.filter(({ at }) => at === 24)).toEqual([
    { name: 'ex.imm_data', at: 24, bytes: 4, big: true },
    { name: 'ex.invalidate_rkey', at: 24, bytes: 4, shared: true },
  ]);
});

it('has no layouts of this project, and links to tables that are there', () => {
  const structs = new Set(view.structs.map(({ name }) => name));
  const constants = new Set(view.constants.map(({ name }) => name));
  const attributes = view.objects.flatMap(({ methods }) => methods.flatMap((method) => method.attributes));
  expect(structs.has('ib_uverbs_no_resp')).toBe(false);
  for (const { struct, values } of attributes) {
    if (struct !== undefined) expect(structs).toContain(`ib_uverbs_${struct}`);
    if (values !== undefined) expect(constants).toContain(values);
  }
});
