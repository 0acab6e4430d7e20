/** The `uverbs` front end: one ioctl in, judged in the order Linux judges it, answered through the caller's pointers. */
import type { Patch, Region } from '../../../../spec/abi/abi.ts';
import { wantsAlone } from '../../../../spec/abi/uverbs/wants_alone.ts';
import type { Spec } from '../../../../spec/model.ts';
import { Call } from '../../core/call.ts';
import type { Context } from '../../core/context.ts';
import { pipelineOf, type Pipelines, type Step } from '../../rules.ts';
import { disturbanceOf } from '../disturbance.ts';
import type { Front, Origin, Writer } from '../front.ts';
import { recordBytes, recordOf } from './records.ts';
import { accept } from './attribute_rules.ts';
import { OWN, bindingsOf } from './bindings.ts';
import { framedMessage } from './framed.ts';
import { Message } from './message.ts';
import { isModify } from './modify_rules.ts';
import { Written } from './written.ts';

const PHASES = [
  'frame',
  'attribute',
  'complete',
  'method',
  'command',
  'modify',
  'values',
  'answer',
  'handles',
  'gid-table',
  'gid-entry',
] as const;
type Phase = (typeof PHASES)[number];

export function uverbsFront(spec: Spec, pipelines: Pipelines): Front {
  const steps = Object.fromEntries(
    PHASES.map((phase) => [phase, pipelineOf<Message>(pipelines, `uverbs/${phase}`)]),
  ) as Readonly<Record<Phase, Step<Message>>>;

  const call = new Call();

  function attributes(message: Message): number {
    for (let index = 0; index < message.count; index += 1) {
      message.take(index);
      const errno = steps.attribute(message);
      if (errno !== 0) return errno;
      accept(message);
    }
    return steps.complete(message);
  }

  function translate(message: Message): number {
    const native = message.method?.native;
    const own = OWN.get(`${native?.object ?? ''}.${native?.name ?? ''}`);
    if (own !== undefined) return steps[own](message);
    if (native?.invokes !== true) return steps.method(message);
    return steps.command(message) || (isModify(spec, message) ? steps.modify(message) : 0);
  }

  const writing = pipelineOf<Written>(pipelines, 'uverbs/write');
  const counting = pipelineOf<Written>(pipelines, 'uverbs/taken');
  const elsewhere = pipelineOf<Origin>(pipelines, 'uverbs/file');
  const disturbance = disturbanceOf(pipelines, wantsAlone);

  function dispatch(
    context: Context,
    request: number,
    regions: readonly Region[],
    patches: readonly Patch[],
    origin?: Origin,
  ): number {
    if (origin !== undefined) {
      const errno = elsewhere(origin);
      if (errno !== 0) return errno;
    }
    call.origin = origin;
    const message = new Message(call, context, bindingsOf(spec, context.device.table), request, regions, patches);
    return steps.frame(message) || attributes(message) || carryOut(message, origin);
  }

  function write(context: Context, regions: readonly Region[], patches: readonly Patch[], writer: Writer): number {
    const written = new Written(writer, bindingsOf(spec, context.device.table), regions, patches);
    const errno = writing(written);
    if (errno !== 0) return errno;
    call.origin = writer;
    return carryOut(framedMessage(spec, call, context, written), writer) || counting(written);
  }

  /** What is left to do for a message whose attributes are accepted. */
  function carryOut(message: Message, origin: Origin | undefined): number {
    const refused = translate(message);
    const { operation } = message;
    if (refused !== 0 || operation === undefined) return refused;
    call.operation = operation;
    const resumed = origin?.resumed === true;
    const watched = message.context.device.disturbed && !resumed;
    const met = resumed ? disturbance.resume(call) : watched ? disturbance.admit(call) : 0;
    const errno = met || steps.values(message);
    if (errno !== 0) return errno;
    if (watched) {
      const held = disturbance.hold(call);
      if (held !== 0) return held;
    }
    return operation.run(call) || steps.answer(message);
  }

  return {
    abi: 'uverbs',
    asyncEnds: false,
    systemNode: false,
    sharedSpace: true,
    firstHandle: 0,
    dispatch,
    write,
    recordBytes,
    recordOf,
  };
}
