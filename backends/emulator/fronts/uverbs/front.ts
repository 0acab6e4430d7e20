/** The `uverbs` front end: one ioctl in, judged in the order Linux judges it, answered through the caller's pointers. */
import type { Patch, Region } from '../../../../spec/abi/abi.ts';
import { ERRNO } from '../../../../spec/errno.ts';
import type { Spec } from '../../../../spec/model.ts';
import { Call } from '../../core/call.ts';
import type { Context } from '../../core/context.ts';
import { pipelineOf, type Pipelines, type Step } from '../../rules.ts';
import { disturbanceOf } from '../disturbance.ts';
import type { Front, Origin } from '../front.ts';
import { recordBytes, recordOf } from './records.ts';
import { accept } from './attribute_rules.ts';
import { bindingsOf } from './bindings.ts';
import { Message } from './message.ts';
import { isModify } from './modify_rules.ts';

const PHASES = ['frame', 'attribute', 'complete', 'method', 'command', 'modify', 'values', 'answer'] as const;
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
    if (message.method?.native.invokes !== true) return steps.method(message);
    return steps.command(message) || (isModify(spec, message) ? steps.modify(message) : 0);
  }

  const disturbance = disturbanceOf(pipelines);

  function dispatch(
    context: Context,
    request: number,
    regions: readonly Region[],
    patches: readonly Patch[],
    origin?: Origin,
  ): number {
    if (origin?.channel !== undefined) return ERRNO.ENOTTY;
    call.origin = origin;
    const message = new Message(call, context, bindingsOf(spec, context.device.table), request, regions, patches);
    const refused = steps.frame(message) || attributes(message) || translate(message);
    const { operation } = message;
    if (refused !== 0 || operation === undefined) return refused;
    call.operation = operation;
    const watched = context.device.disturbed && origin?.resumed !== true;
    const errno = (watched ? disturbance.admit(call) : 0) || steps.values(message);
    if (errno !== 0) return errno;
    if (watched) {
      const held = disturbance.hold(call);
      if (held !== 0) return held;
    }
    return operation.run(call) || steps.answer(message);
  }

  return { abi: 'uverbs', sharedSpace: true, firstHandle: 0, dispatch, recordBytes, recordOf };
}
