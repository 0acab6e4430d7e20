/** What the library sends, taken apart by the tables and put together by our codec: the same bytes, or a difference that is told here. */
import { expect, it } from 'vitest';
import { tablesOf } from '../../spec/abi/uverbs/read_tables.ts';
import { projectSpec } from '../../spec/project_spec.ts';
import { differences } from './again.ts';
import { isMessage, readRecording } from './recorded.ts';

const spec = projectSpec();
const tables = tablesOf(spec);

/** Function and what differs, without the numbers. */
const DIFFERENT: Readonly<Record<string, string>> = {
  'ibv_open_device core_in': 'it asks for the refusal of a command without its request, and we send it whole',
  'ibv_open_device core_out': 'likewise',
  'ibv_create_cq event_channel flags':
    'to a kernel that does not know the attribute it would be no harm; we always want it',
  'ibv_create_qp create_flags length': 'flags may have 4 bytes or 8; we send 8',
  'ibv_create_qp create_flags': 'likewise',
  'ibv_create_qp request':
    'CREATE_QP has a byte each for sq_sig_all and for the SRQ, which no neutral call carries there',
};

it('is put together again as the library had it', () => {
  const found = new Set<string>();
  let same = 0;
  for (const call of readRecording().calls.filter(isMessage)) {
    const different = differences(spec, tables, call);
    if (different?.length === 0) same += 1;
    for (const one of different ?? []) found.add(`${call.function ?? ''} ${one.split(':')[0] ?? ''}`);
  }
  expect([...found].toSorted()).toEqual(Object.keys(DIFFERENT).toSorted());
  expect(same).toBeGreaterThan(190);
});
