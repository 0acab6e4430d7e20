/** DEVICE.INFO_HANDLES: what objects of one type are in a file. Source: core/uverbs_std_types_device.c. */
import { tablesOf } from '../../../../spec/abi/uverbs/read_tables.ts';
import type { NativeObject } from '../../../../spec/abi/uverbs/tables.ts';
import { ERRNO } from '../../../../spec/errno.ts';
import type { Rule } from '../../rules.ts';
import { refuse } from './frame_rules.ts';
import type { Message } from './message.ts';
import { numberOf, writeOut } from './native_io.ts';

const HANDLE_BYTES = 4;
const LARGEST_ID = 0xffffn;

/** The type asked for. */
function typeOf(message: Message): NativeObject | undefined {
  const id = Number(numberOf(message, 'OBJECT_ID'));
  return tablesOf(message.bindings.spec).objects.find((object) => object.id === id);
}

/** Handles of its objects; the newest first. */
function listed(message: Message): number[] {
  const name = typeOf(message)?.name;
  return [...message.context.instances]
    .filter(({ object }) => object === name)
    .map(({ handle }) => handle)
    .reverse();
}

const bytesOfList = (m: Message): number => m.given.get('HANDLES_LIST')?.length ?? 0;

export const HANDLES: readonly Rule<Message>[] = [
  refuse('info-handles-list', ERRNO.EINVAL, (m) => bytesOfList(m) === 0 || bytesOfList(m) % HANDLE_BYTES !== 0),
  refuse('info-handles-range', ERRNO.EINVAL, (m) => numberOf(m, 'OBJECT_ID') > LARGEST_ID),
  refuse('info-handles-unknown', ERRNO.ENOENT, (m) => !m.bindings.objects.has(Number(numberOf(m, 'OBJECT_ID')))),
  {
    clause: 'info-handles',
    apply: (m) => {
      m.answers.handles = listed(m);
      return 0;
    },
  },
  {
    clause: 'info-handles-fd',
    apply: (m) => {
      if (typeOf(m)?.handles === 'fd') m.answers.handles = m.answers.handles.map(() => 0);
      return 0;
    },
  },
  {
    clause: 'info-handles-room',
    apply: (m) => {
      m.answers.handles = m.answers.handles.slice(0, bytesOfList(m) / HANDLE_BYTES);
      return 0;
    },
  },
  // Nothing is looked at that a file without a context has not.
  { clause: 'info-handles-first', apply: () => 0 },
  {
    clause: 'output-written',
    apply: (m) => writeOut(m, 'HANDLES_LIST', new Uint8Array(Uint32Array.from(m.answers.handles).buffer)),
  },
  refuse('info-handles-total', ERRNO.ENOENT, (m) => !m.given.has('TOTAL_HANDLES')),
  {
    clause: 'output-written',
    apply: (m) => writeOut(m, 'TOTAL_HANDLES', new Uint8Array(Uint32Array.of(m.answers.handles.length).buffer)),
  },
];
