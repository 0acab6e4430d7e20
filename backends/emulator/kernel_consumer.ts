/** A consumer inside the kernel: it calls operations directly, with objects of its own that no process sees. */
import type { Control, Answer, Report } from '../backend.ts';
import { tablesOf } from '../../spec/abi/uapi/tables.ts';
import { scalar } from '../../spec/abi/uapi/values.ts';
import type { StructValue } from '../../spec/abi/abi.ts';
import { ERRNO } from '../../spec/errno.ts';
import type { Spec } from '../../spec/model.ts';
import { Call } from './core/call.ts';
import type { Consumer } from './core/consumer.ts';
import { Context } from './core/context.ts';
import type { Device } from './core/device.ts';
import { classOf, type Operation } from './dispatch_table.ts';
import type { Emulator } from './emulator.ts';
import { pipelineOf, type Pipelines, type Rule } from './rules.ts';

type KernelCall = Extract<Control, { action: 'kernel_call' }>;

/** A consumer that is about to call: which context its objects are in. */
export interface Entering {
  readonly device: Device;
  /** The one that consumers inside the kernel share. */
  readonly own: Context;
  context: Context | undefined;
}

export function kernelRules(): Readonly<Record<string, readonly Rule<Entering>[]>> {
  return {
    'kernel.enter': [{ clause: 'kernel-objects', apply: (entering) => ((entering.context = entering.own), 0) }],
  };
}

/** The one call that no process can make. */
const ALLOC = 'alloc';

export function kernelConsumer(
  spec: Spec,
  emulator: Emulator,
  pipelines: Pipelines,
): (control: KernelCall) => Answer<Report> {
  const contexts = new WeakMap<Device, Context>();
  const contextOf = (device: Device): Context => {
    let context = contexts.get(device);
    if (context === undefined || context.closed) {
      context = new Context(device, true, device.table.spaces.length, false, 1);
      contexts.set(device, context);
      device.contexts.add(context);
    }
    return context;
  };
  const tables = tablesOf(spec);
  const enter = pipelineOf<Entering>(pipelines, 'kernel.enter');
  const alloc = pipelineOf<Call>(pipelines, 'kernel.alloc_mr');
  return (control) => {
    emulator.clock.tick();
    const { device } = emulator;
    if (device.removed) return answered(ERRNO.EIO);
    const info = tables.classOf(control.object, control.variant);
    const allocates = control.object === 'mr' && control.method === ALLOC;
    const number = info.table.methods[allocates ? 'create' : control.method]?.number ?? -1;
    const operation = classOf(device.table, info.id)?.methods[number];
    if (operation === undefined) return answered(ERRNO.EOPNOTSUPP);
    const consumer: Consumer = { ...control, violations: 0, microseconds: 0, unanswered: 0 };
    const call = new Call();
    call.device = device;
    const entering: Entering = { device, own: contextOf(device), context: undefined };
    enter(entering);
    call.context = entering.context ?? entering.own;
    call.operation = operation;
    call.consumer = consumer;
    call.objectId = control.on ?? 0;
    call.target = operation.addressed ? call.context.tables[operation.space]?.get(call.objectId) : undefined;
    if (operation.addressed && call.target === undefined) return answered(ERRNO.ENOENT);
    if (!fill(spec, call, operation, control)) return answered(ERRNO.ENOENT);
    const errno = allocates ? alloc(call) : operation.run(call);
    const { violations, microseconds, unanswered } = consumer;
    const handle = errno === 0 ? (call.target?.handle ?? 0) : 0;
    const told = errno === 0 ? numbersOf(call, operation) : {};
    return { ok: true, value: { ...told, errno, handle, violations, microseconds, unanswered } };
  };
}

/** What the call answers, by name. */
function numbersOf(call: Call, { slots }: Operation): Record<string, number> {
  const outputs = slots.flatMap((slot) => (slot?.output === true && slot.scalar ? [slot] : []));
  return Object.fromEntries(outputs.map(({ name, id }) => [name, call.outNumbers[id] ?? 0]));
}

/** An answer of the core, before any driver was asked. */
function answered(errno: number): Answer<Report> {
  return { ok: true, value: { errno, handle: 0, violations: 0, microseconds: 0, unanswered: 0 } };
}

/** Values and named objects into the call; false where a handle names nothing. */
function fill(spec: Spec, call: Call, operation: Operation, { object, attributes }: KernelCall): boolean {
  for (const slot of operation.slots) {
    const value = slot === undefined ? undefined : attributes[slot.name];
    if (slot === undefined || value === undefined) continue;
    if (slot.id < 32) call.low |= slot.low;
    else call.high |= slot.high;
    if (slot.kind === 'struct') call.objects[slot.id] = value as StructValue;
    else if (slot.kind === 'list') call.objects[slot.id] = value as readonly StructValue[];
    else if (slot.kind === 'u64') call.objects[slot.id] = value as bigint;
    else {
      const type = spec.objects[object]?.attributes[slot.name]?.type;
      if (type !== undefined) call.numbers[slot.id] = scalar(spec, type, value);
      if (slot.kind === 'handle') {
        const named = call.context.tables[slot.space]?.get(Number(value));
        if (named === undefined) return false;
        call.objects[slot.id] = named;
      }
    }
  }
  return true;
}
