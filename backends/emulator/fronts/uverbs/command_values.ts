/**
 * What the request of a write command carries, into the neutral call: values, and the objects behind handles.
 * Requests whose mask holds modify bits are left to modify_rules.ts. Source: core/uverbs_cmd.c ib_uverbs_{reg_mr,rereg_mr,alloc_mw,create_ah}.
 */
import { isGid, type CarriedValue } from '../../../../spec/abi/uverbs/layouts.ts';
import { ERRNO } from '../../../../spec/errno.ts';
import type { Spec } from '../../../../spec/model.ts';
import type { StructValue } from '../../../../spec/abi/abi.ts';
import type { Channel } from '../../core/channel.ts';
import type { Instance } from '../../core/instance.ts';
import type { Slot } from '../../slots.ts';
import type { Rule } from '../../rules.ts';
import { makeRoom, put, slotOf } from './fill.ts';
import { refuse } from './frame_rules.ts';
import type { Message } from './message.ts';
import { isModify, pathOf } from './modify_rules.ts';

/** Inputs the request holds and its flags let count, each with its slot. Of two paths in one place, the one the port's transport takes. */
function inputs(spec: Spec, m: Message): readonly (readonly [Slot, CarriedValue])[] {
  if (isModify(spec, m)) return [];
  const { flags } = m.command?.command ?? {};
  const mask = Number(m.carried.get('@mask') ?? 0);
  const dropped = otherPath(m);
  return [...m.carried].flatMap(([name, value]) => {
    const slot = slotOf(spec, m, name);
    const counts = flags === undefined || (mask & (flags[name] ?? 0)) !== 0;
    return slot === undefined || !counts || name === dropped ? [] : [[slot, value] as const];
  });
}

/** The path that shares its place with another and is not the one meant; undefined where the request holds no such place. */
function otherPath(m: Message): string | undefined {
  const shared = m.command?.command.request.fields.find((field) => field.carries.length > 1 && !isGid(field));
  if (shared === undefined) return undefined;
  return shared.carries.find((name) => name !== meantPath(m));
}

/** A field of the path, read as the struct that has them all. */
function numberIn(m: Message, field: string): number {
  return Number((m.carried.get('path_ib') as StructValue | undefined)?.[field] ?? 0);
}

const hasGrh = (m: Message): boolean => numberIn(m, 'is_global') !== 0;
const meantPath = (m: Message): string => pathOf(m.context.device, numberIn(m, 'port'));

/** The handles an input names objects by; none for values. */
function handlesIn(slot: Slot, value: CarriedValue): readonly number[] {
  if (slot.kind === 'handle') return [Number(value)];
  return slot.elements === 'handle' ? (value as readonly number[]) : [];
}

/** A descriptor below 0 names no channel. */
const LARGEST_DESCRIPTOR = 0x7fffffff;

/** The channel behind a descriptor of the caller, in this file of the device. */
function channelOf({ call, context }: Message, descriptor: number): Channel | undefined {
  const channel = call.process?.file(descriptor)?.channel;
  return channel?.context === context ? channel : undefined;
}

export function commandInputs(spec: Spec): readonly Rule<Message>[] {
  const handles = (m: Message): readonly (readonly [Slot, number])[] =>
    inputs(spec, m).flatMap(([slot, value]) => handlesIn(slot, value).map((handle) => [slot, handle] as const));
  const channels = (m: Message): readonly (readonly [Slot, number])[] =>
    inputs(spec, m).flatMap(([slot, value]) =>
      slot.kind === 'fd' && Number(value) <= LARGEST_DESCRIPTOR ? [[slot, Number(value)] as const] : [],
    );
  return [
    refuse('fd-attribute', ERRNO.EBADF, (m) => channels(m).some(([, fd]) => channelOf(m, fd) === undefined)),
    refuse('fd-kind', ERRNO.EBADF, (m) => channels(m).some(([slot, fd]) => channelOf(m, fd)?.kind !== slot.object)),
    refuse('handle-attribute-unknown', ERRNO.ENOENT, (m) =>
      handles(m).some(([, handle]) => m.handles.get(handle) === undefined),
    ),
    refuse('uverbs-handle-type', ERRNO.EINVAL, (m) =>
      handles(m).some(([slot, handle]) => m.handles.get(handle)?.object !== slot.object),
    ),
    refuse('ah-create-grh', ERRNO.EINVAL, (m) => m.object === 'ah' && meantPath(m) === 'path_roce' && !hasGrh(m)),
    {
      clause: 'uverbs-attributes-carried',
      apply: (m) => {
        for (const [slot, fd] of channels(m)) {
          put(m, slot, fd);
          m.call.objects[slot.id] = channelOf(m, fd);
        }
        for (const [slot, value] of inputs(spec, m)) {
          if (slot.kind === 'fd') continue;
          put(m, slot, value);
          const named = handlesIn(slot, value).map((handle) => m.handles.get(handle) as Instance);
          if (slot.kind === 'handle') m.call.objects[slot.id] = named[0];
          else if (slot.elements === 'handle') m.call.objects[slot.id] = named;
        }
        const { answers } = m.command?.command ?? {};
        if (answers !== undefined) makeRoom(spec, m, answers.list, Number(m.carried.get('@answer_count') ?? 0));
        return 0;
      },
    },
  ];
}
