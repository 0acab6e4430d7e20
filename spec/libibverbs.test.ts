/** The table of libibverbs 1.0 against the library's symbols, against what the ABIs make of its calls, and in its chapter. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { tablesOf } from './abi/uverbs/read_tables.ts';
import { packageRoot } from './compile/files.ts';
import { withPart } from './compile/generated_part.ts';
import { chapterTable } from './libibverbs_table.ts';
import { projectSpec } from './project_spec.ts';

const PAGE = join(packageRoot(), 'spec', 'chapters', 'libibverbs.md');
const spec = projectSpec();
const { library } = spec;

/** IBVERBS_1.0 of libibverbs.map, without the prefix of all but one. */
const SYMBOLS =
  `get_device_list free_device_list get_device_name get_device_guid open_device close_device get_async_event
  ack_async_event query_device query_port query_gid query_pkey alloc_pd dealloc_pd reg_mr dereg_mr create_comp_channel
  destroy_comp_channel create_cq resize_cq destroy_cq get_cq_event ack_cq_events create_srq modify_srq query_srq destroy_srq
  create_qp query_qp modify_qp destroy_qp create_ah destroy_ah attach_mcast detach_mcast rate_to_mult`.split(/\s+/);
const INLINE = ['post_send', 'post_recv', 'post_srq_recv', 'poll_cq', 'req_notify_cq'];
const prefixed = (names: readonly string[]): string[] => names.map((name) => `ibv_${name}`);

it('has the 37 functions that the library exports, and the five of its header', () => {
  const names = (inline: boolean): string[] => library.filter((fn) => fn.inline === inline).map((fn) => fn.function);
  expect(names(false).toSorted()).toEqual([...prefixed(SYMBOLS), 'mult_to_ibv_rate'].toSorted());
  expect(names(false)).toHaveLength(37);
  expect(names(true)).toEqual(prefixed(INLINE));
});

it('names the same neutral calls in both ABIs, where both have some', () => {
  const tables = tablesOf(spec);
  const neutral = (word: string): string[] => {
    const method = tables.methods.find((one) => `${one.object}.${one.name}` === word);
    const command = tables.commands.find((one) => one.name === word);
    const call = method?.serves ?? command?.serves ?? command?.like;
    if (call !== undefined) return [call];
    return method === undefined && command === undefined ? [word] : [];
  };
  for (const { function: name, calls } of library) {
    // Nothing in uapi tells a GID.
    if (name === 'ibv_query_gid') continue;
    expect([name, calls.uverbs.flatMap(neutral)]).toEqual([name, calls.uapi]);
  }
});

it('returns outputs of its calls alone', () => {
  for (const { function: name, calls, returns } of library) {
    const outputs = calls.uapi.flatMap((word) => {
      const [object = '', method = ''] = word.split('.');
      const uses = spec.objects[object]?.methods[method]?.attributes ?? [];
      return uses.filter(({ direction }) => direction !== 'in').map((use) => use.name);
    });
    const others = returns.filter((value) => !outputs.includes(value));
    expect([name, others.filter((value) => !['handle', 'event', 'element', 'RESP_ENTRY'].includes(value))]).toEqual([
      name,
      [],
    ]);
  }
});

it('stands in its chapter, made anew by `npm run golden`', async () => {
  const page = withPart(readFileSync(PAGE, 'utf8'), 'functions', chapterTable(library));
  await expect(page).toMatchFileSnapshot(PAGE);
});
