/** Test support: a device behind its `uapi` front end, with nothing around it: bytes in, errno out. */
import type { Call, Encoded } from '../../spec/abi/abi.ts';
import type { Draft } from '../../spec/abi/uapi/draft.ts';
import { uapi } from '../../spec/abi/uapi/uapi.ts';
import type { Spec } from '../../spec/model.ts';
import { projectSpec } from '../../spec/project_spec.ts';
import { VirtualClock } from './core/clock.ts';
import { Connections } from './core/connections.ts';
import { Context } from './core/context.ts';
import { Device } from './core/device.ts';
import { DataPath } from './datapath/data_path.ts';
import { compileTable } from './dispatch_table.ts';
import type { Front } from './fronts/front.ts';
import { uapiFront } from './fronts/uapi/front.ts';
import { inOrder, tableNames } from './driver_names.ts';
import { DRIVERS } from './models/drivers.ts';
import type { DeviceModel } from './models/model.ts';
import { MODELS } from './models/models.ts';
import { pipelinesOf } from './pipelines.ts';
import { commonRows, merge, type Row } from './registration.ts';
import type { Pipelines } from './rules.ts';

export interface BareOptions {
  readonly spec?: Spec;
  readonly model?: DeviceModel;
  readonly pipelines?: Pipelines;
  /** Rows beside those of the model. */
  readonly rows?: readonly Row[];
}

export class BareDevice {
  readonly spec: Spec;
  readonly device: Device;
  readonly pipelines: Pipelines;
  readonly front: Front;
  readonly #abi;

  constructor(options: BareOptions = {}) {
    this.spec = options.spec ?? projectSpec();
    const model = options.model ?? modelNamed('verbs');
    this.pipelines = options.pipelines ?? pipelinesOf(this.spec);
    const rows = merge(this.spec, commonRows(this.spec, model), DRIVERS[model.driver ?? ''] ?? []);
    const table = compileTable(this.spec, this.pipelines, [...rows, ...(options.rows ?? [])]);
    this.device = new Device(model, table, new VirtualClock(), 1);
    this.device.names = inOrder(tableNames(this.spec, table));
    this.device.connections = new Connections(this.pipelines, () => this.device);
    this.device.work = new DataPath(this.spec, this.pipelines, this.device, 1);
    this.#abi = uapi(this.spec);
    this.front = uapiFront(this.pipelines);
  }

  /** A newly opened file. */
  open(privileged = true): Context {
    const { sharedSpace, firstHandle } = this.front;
    return new Context(this.device, privileged, this.device.table.spaces.length, sharedSpace, firstHandle);
  }

  draft(call: Call): Draft {
    return this.#abi.draft(call);
  }

  encode(call: Call): Encoded {
    return this.#abi.encode(this.#abi.draft(call));
  }

  /** 0, or an errno; the answer lies in the regions of `encoded`. */
  send(context: Context, encoded: Encoded): number {
    return this.front.dispatch(context, encoded.request, encoded.regions, encoded.patches);
  }

  /** Sends a neutral call and gives the handle of its object; throws where it is refused. */
  make(context: Context, call: Call): number {
    const encoded = this.encode(call);
    const errno = this.send(context, encoded);
    if (errno !== 0) throw new Error(`${call.object}.${call.method} is refused with errno ${String(errno)}`);
    return this.#abi.reply(call, encoded).handle;
  }

  /** The errno of a neutral call, 0 for success. */
  errno(context: Context, call: Call): number {
    return this.send(context, this.encode(call));
  }
}

export function modelNamed(name: string): DeviceModel {
  const model = MODELS[name];
  if (model === undefined) throw new RangeError(`no model ${name}`);
  return model;
}
