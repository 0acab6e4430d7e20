/** The `uapi` front end: one message in, judged phase by phase, answered in place. */
import { HEADER_BYTES, methodOf } from '../../../../spec/abi/uapi/layout.ts';
import type { Region } from '../../../../spec/abi/abi.ts';
import type { Context } from '../../core/context.ts';
import { classOf } from '../../dispatch_table.ts';
import { run, stepsOf, type Pipelines, type Step } from '../../rules.ts';
import type { Front } from '../front.ts';
import { Message } from './message.ts';
import { readValues } from './values.ts';

/** The lowest handle: 0 never names a created object, so that a create can demand it. */
const FIRST_HANDLE = 1;
const UNMAPPED = new Uint8Array(0);

export function uapiFront(pipelines: Pipelines): Front {
  const [frame, attributes, objects, answer] = ['frame', 'attributes', 'objects', 'answer'].map((phase) =>
    stepsOf<Message>(pipelines, `uapi/${phase}`),
  ) as [readonly Step<Message>[], readonly Step<Message>[], readonly Step<Message>[], readonly Step<Message>[]];
  const message = new Message();

  function dispatch(context: Context, request: number, regions: readonly Region[]): number {
    const region = regions[0];
    message.context = context;
    message.request = request;
    message.method = methodOf(request);
    message.bytes = region?.bytes ?? UNMAPPED;
    message.readOnly = region?.readOnly === true;
    if (message.bytes.length >= HEADER_BYTES) message.readHeader();
    else message.length = message.classId = message.objectId = 0;
    const operation = classOf(context.device.table, message.classId)?.methods[message.method];
    message.operation = operation;
    const refused = run(frame, message);
    if (refused !== 0 || operation === undefined) return refused;
    const { call } = message;
    call.device = context.device;
    call.context = context;
    call.operation = operation;
    call.objectId = message.objectId;
    message.walk(operation);
    let errno = run(attributes, message);
    if (errno !== 0) return errno;
    readValues(message);
    errno = run(objects, message);
    if (errno !== 0) return errno;
    errno = run(operation.steps, call);
    if (errno !== 0) return errno;
    return run(answer, message);
  }

  return { abi: 'uapi', sharedSpace: false, firstHandle: FIRST_HANDLE, dispatch };
}
