/** INVOKE_WRITE: from WRITE_CMD to the neutral call. Source: core/uverbs_std_types_device.c, core/uverbs_cmd.c uverbs_request; facts B7. */
import { COMMAND_EXTENDED, COMMAND_NUMBER } from '../../../../spec/abi/uverbs/layout.ts';
import { readLayout } from '../../../../spec/abi/uverbs/layouts.ts';
import type { Layout } from '../../../../spec/abi/uverbs/tables.ts';
import { getNumber } from '../../../../spec/abi/uverbs/values.ts';
import { ERRNO } from '../../../../spec/errno.ts';
import type { Spec } from '../../../../spec/model.ts';
import type { Rule } from '../../rules.ts';
import { coreIn } from './command_input.ts';
import { commandInputs } from './command_values.ts';
import { isOpen } from './contexts.ts';
import { refuse } from './frame_rules.ts';
import type { Message } from './message.ts';
import { knownBits } from './modify_rules.ts';
import { tailRules } from './tail_rules.ts';
import { WORK_FOUND } from './work_rules.ts';

const COMMAND_BITS = BigInt(COMMAND_EXTENDED) | BigInt(COMMAND_NUMBER);
/** The `fd` of OPEN_XRCD that names no file. */
const NO_FILE = 0xffffffff;

const lengthOf = (m: Message, name: string): number => m.given.get(name)?.length ?? 0;
const requestOf = (m: Message): Layout | undefined => m.command?.command.request;

/** A number of the request by the name of its field; undefined where the request has no such field. */
function requestNumber(m: Message, name: string): number | undefined {
  const field = requestOf(m)?.fields.find((candidate) => candidate.name === name);
  const bytes = coreIn(m);
  if (field === undefined || bytes === undefined) return undefined;
  return Number(getNumber(new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength), field.at, field));
}

const opens = (m: Message): boolean => m.command?.command.opensContext === true;
/** True for commands that name an object which must exist. */
const names = (m: Message): boolean => m.carried.has('@handle');

export function commandRules(spec: Spec): readonly Rule<Message>[] {
  const types = Object.entries(spec.enums['qp_type'] ?? {});
  /** Of the queue pair that a command makes. */
  const typeName = (m: Message): string | undefined =>
    types.find(([, number]) => number === m.carried.get('@variant'))?.[0];
  return [
    {
      clause: 'command-bits',
      apply: (m) => {
        m.word = BigInt.asUintN(64, m.given.get('WRITE_CMD')?.data ?? 0n);
        return (m.word & ~COMMAND_BITS) === 0n ? 0 : ERRNO.EINVAL;
      },
    },
    {
      clause: 'command-unknown',
      apply: (m) => {
        m.command = m.bindings.commands.get(Number(m.word));
        return m.command === undefined ? ERRNO.EOPNOTSUPP : 0;
      },
    },
    refuse(
      'command-request-short',
      ERRNO.ENOSPC,
      (m) => !m.framed && lengthOf(m, 'CORE_IN') < (m.command?.command.requestMinimum ?? 0),
    ),
    refuse(
      'command-room-short',
      ERRNO.ENOSPC,
      (m) => !m.framed && lengthOf(m, 'CORE_OUT') < (m.command?.command.responseMinimum ?? 0),
    ),
    refuse('uverbs-input-unreadable', ERRNO.EFAULT, (m) => coreIn(m) === undefined),
    {
      clause: 'uverbs-attributes-carried',
      apply: (m) => {
        const request = requestOf(m);
        if (request !== undefined) m.carried = readLayout(spec, m.object, request, coreIn(m) ?? new Uint8Array(0));
        return 0;
      },
    },
    ...tailRules(spec),
    refuse('context-first', ERRNO.EINVAL, (m) => !opens(m) && !names(m) && !isOpen(m.context)),
    refuse('context-once', ERRNO.EINVAL, (m) => opens(m) && isOpen(m.context)),
    {
      clause: 'uverbs-mask-unknown',
      apply: (m) =>
        (Number(m.carried.get('@mask') ?? 0) & ~(knownBits(spec, m) ?? -1)) === 0
          ? 0
          : ERRNO[m.command?.command.unknownFlags ?? 'EOPNOTSUPP'],
    },
    refuse('uverbs-xrcd-file', ERRNO.EBADF, (m) => (requestNumber(m, 'fd') ?? NO_FILE) !== NO_FILE),
    {
      // Since 6.15 and in stable releases that took the change; before that, every handle a command could not use was EINVAL.
      clause: 'handle-unknown',
      apply: (m) => {
        m.call.target = names(m) ? m.handles.get(Number(m.carried.get('@handle'))) : undefined;
        return names(m) && m.call.target === undefined ? ERRNO.ENOENT : 0;
      },
    },
    refuse('uverbs-handle-type', ERRNO.EINVAL, (m) => m.call.target !== undefined && m.call.target.object !== m.object),
    {
      clause: 'uverbs-command-operation',
      apply: (m) => {
        m.operation = m.operations?.get(m.call.target?.variant ?? typeName(m) ?? '');
        m.call.objectId = Number(m.carried.get('@object_id') ?? 0);
        return m.operation === undefined ? ERRNO.EOPNOTSUPP : 0;
      },
    },
    ...WORK_FOUND,
    ...commandInputs(spec),
  ];
}
