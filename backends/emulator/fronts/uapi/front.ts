/** The `uapi` front end: one message in, judged phase by phase, answered in place. */
import { CHAIN_METHOD, methodOf } from '../../../../spec/abi/uapi/layout.ts';
import { wantsAlone } from '../../../../spec/abi/uapi/wants_alone.ts';
import type { Patch, Region } from '../../../../spec/abi/abi.ts';
import type { ChannelKind, EventRecord } from '../../core/channel.ts';
import type { Context } from '../../core/context.ts';
import { ERRNO } from '../../../../spec/errno.ts';
import { classOf } from '../../dispatch_table.ts';
import { pipelineOf, type Pipelines } from '../../rules.ts';
import { disturbanceOf } from '../disturbance.ts';
import type { Front, Origin } from '../front.ts';
import { chainOf } from './chain.ts';
import { FAULT, Message } from './message.ts';
import { readWide } from './values.ts';

/** The lowest handle: 0 never names a created object, so that a create can demand it. */
const FIRST_HANDLE = 1;
/** Struct event_record of spec/objects/types.yaml. */
const RECORD_BYTES = 16;
const UNMAPPED = new Uint8Array(0);

const fronts = new WeakMap<Pipelines, Front>();

/** The front end for these rules. It keeps nothing from call to call, so one serves every device that has them. */
export function uapiFront(pipelines: Pipelines): Front {
  let front = fronts.get(pipelines);
  if (front === undefined) fronts.set(pipelines, (front = makeFront(pipelines)));
  return front;
}

function makeFront(pipelines: Pipelines): Front {
  const frame = pipelineOf<Message>(pipelines, 'uapi/frame');
  const disturbance = disturbanceOf(pipelines, wantsAlone);
  const chain = chainOf(pipelines);
  const message = new Message();

  function dispatch(
    context: Context,
    request: number,
    regions: readonly Region[],
    _patches: readonly Patch[],
    origin?: Origin,
  ): number {
    const region = regions[0];
    const method = methodOf(request);
    const bytes = region?.bytes ?? UNMAPPED;
    const readOnly = region?.readOnly === true;
    if (method !== CHAIN_METHOD) return dispatchOne(context, method, bytes, readOnly, origin);
    return chain(bytes, readOnly, origin?.resumed === true, (command, part) =>
      dispatchOne(context, command, part, readOnly, origin),
    );
  }

  function dispatchOne(
    context: Context,
    method: number,
    bytes: Uint8Array,
    readOnly: boolean,
    origin: Origin | undefined,
  ): number {
    const { device } = context;
    message.context = context;
    message.method = method;
    message.bytes = bytes;
    message.readOnly = readOnly;
    message.readHeader();
    const entry = classOf(device.table, message.classId);
    const operation = message.method < 0 ? undefined : entry?.methods[message.method];
    message.entry = entry;
    message.operation = operation;
    let errno = frame(message);
    if (errno !== 0 || operation === undefined) return errno;
    const { call } = message;
    call.device = device;
    call.context = context;
    call.operation = operation;
    call.origin = origin;
    const resumed = origin?.resumed === true;
    const watched = device.disturbed && !resumed;
    if (watched || resumed) {
      errno = resumed ? disturbance.resume(call) : disturbance.admit(call);
      if (errno !== 0) return errno;
    }
    call.objectId = message.objectId;
    message.walk(operation);
    const { judging } = operation;
    errno = judging.attributes(message);
    if (errno !== 0) return errno;
    if ((message.faults & FAULT.wide) !== 0) readWide(message);
    errno = judging.objects(message);
    if (errno !== 0) return errno;
    if (watched) {
      errno = disturbance.hold(call);
      if (errno !== 0) return errno;
    }
    return operation.run(call) || judging.answer(message);
  }

  function recordOf(_kind: ChannelKind, { classId, event, element }: EventRecord): Uint8Array {
    const bytes = new Uint8Array(RECORD_BYTES);
    const view = new DataView(bytes.buffer);
    view.setUint16(0, classId, true);
    view.setUint32(4, event, true);
    view.setBigUint64(8, element, true);
    return bytes;
  }

  return {
    abi: 'uapi',
    asyncEnds: true,
    systemNode: true,
    sharedSpace: false,
    firstHandle: FIRST_HANDLE,
    dispatch,
    // Nothing is written to the device in this ABI.
    write: () => ERRNO.EINVAL,
    recordBytes: () => RECORD_BYTES,
    recordOf,
  };
}
