/** The system-wide node: which part of the tables it has, and how it is like a device. */
import { globalClasses, withoutForeign } from '../../spec/abi/uapi/global.ts';
import type { Spec } from '../../spec/model.ts';
import { compileTable, type DispatchTable } from './dispatch_table.ts';
import type { DeviceModel } from './models/model.ts';
import { commonRows } from './registration.ts';
import { pipelineOf, type Pipelines, type Rule } from './rules.ts';

export const SYSTEM_NAME = 'rdma_cm';
export const SYSTEM_PATH = '/dev/infiniband/rdma_cm';

/** The node's part of the tables in the making. */
export interface SystemPart {
  readonly whole: Spec;
  part: Spec;
}

const PART: readonly Rule<SystemPart>[] = [
  { clause: 'system-class-foreign', apply: (system) => ((system.part = globalClasses(system.whole)), 0) },
  { clause: 'system-classes', apply: () => 0 },
  { clause: 'system-methods', apply: (system) => ((system.part = withoutForeign(system.part)), 0) },
];

export function systemNodeRules(): Readonly<Record<string, readonly Rule<never>[]>> {
  return { 'system.part': PART };
}

/** What messages to the node are dispatched by. It has no ports and no limits: whatever has some belongs to a device. */
export function systemNode(spec: Spec, pipelines: Pipelines): { readonly model: DeviceModel; table: DispatchTable } {
  const system: SystemPart = { whole: spec, part: spec };
  pipelineOf<SystemPart>(pipelines, 'system.part')(system);
  const { part } = system;
  const model: DeviceModel = {
    id: 'system',
    title: 'the system-wide node',
    // No driver is behind it.
    identity: { name: '', version: 0 },
    ports: [],
    limits: {},
    nodeGuid: 0n,
    objects: Object.keys(part.objects),
    extras: [],
    qpTypes: [],
    ahCommands: 'none',
    driverTypes: {},
    driver: undefined,
  };
  return { model, table: compileTable(part, pipelines, commonRows(part, model)) };
}
