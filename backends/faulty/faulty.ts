/** The emulator with one documented defect, and the list of them all. */
import type { Backend } from '../backend.ts';
import { emulator } from '../emulator/backend.ts';
import type { OpenOptions } from '../registry.ts';
import type { Defect } from './defect.ts';
import { CHAIN_DEFECTS } from './defects/chains.ts';
import { CONCURRENCY_DEFECTS } from './defects/concurrency.ts';
import { AH_DEFECTS } from './defects/ah.ts';
import { AH_MANY_DEFECTS } from './defects/ah_many.ts';
import { ASSOCIATION_DEFECTS } from './defects/associations.ts';
import { AH_ATOMIC_DEFECTS } from './defects/ah_atomic.ts';
import { KERNEL_VERBS_DEFECTS } from './defects/kernel_verbs.ts';
import { CQ_DEFECTS } from './defects/cq.ts';
import { CQ_NOTIFY_DEFECTS } from './defects/cq_notify.ts';
import { DESCRIPTOR_DEFECTS } from './defects/descriptors.ts';
import { CM_CONNECTION_DEFECTS } from './defects/cm_connections.ts';
import { CM_ID_DEFECTS } from './defects/cm_id.ts';
import { COMPLETION_DEFECTS } from './defects/completions.ts';
import { DISCOVERY_DEFECTS } from './defects/discovery.ts';
import { DISPATCH_DEFECTS } from './defects/dispatch.ts';
import { DM_DEFECTS } from './defects/dm.ts';
import { DRIVER_DEFECTS } from './defects/drivers.ts';
import { EVENT_DEFECTS } from './defects/events.ts';
import { EVENT_READ_DEFECTS } from './defects/event_reads.ts';
import { FILE_CONTEXT_DEFECTS } from './defects/file_contexts.ts';
import { FIXED_DEFECTS } from './defects/fixed.ts';
import { HANDLE_DEFECTS } from './defects/handles.ts';
import { HANGING } from './defects/hanging.ts';
import { IWARP_DEFECTS } from './defects/iwarp.ts';
import { LIBIBVERBS_DEFECTS } from './defects/libibverbs.ts';
import { LIFECYCLE_DEFECTS } from './defects/lifecycles.ts';
import { LIFETIME_DEFECTS } from './defects/lifetimes.ts';
import { MCAST_DEFECTS } from './defects/mcast.ts';
import { HW_CONTEXT_DEFECTS } from './defects/hw_context.ts';
import { HW_TID_DEFECTS } from './defects/hw_tids.ts';
import { LIMIT_DEFECTS } from './defects/limits.ts';
import { DELIVERY_DEFECTS } from './defects/delivery.ts';
import { NAME_DEFECTS } from './defects/names.ts';
import { POSTING_DEFECTS } from './defects/posting.ts';
import { MESSAGE_DEFECTS } from './defects/message.ts';
import { MR_DEFECTS } from './defects/mr.ts';
import { MR_MODIFY_DEFECTS } from './defects/mr_modify.ts';
import { MW_DEFECTS } from './defects/mw.ts';
import { QP_DEFECTS } from './defects/qp.ts';
import { QP_CREATE_MOVED_DEFECTS } from './defects/qp_create_moved.ts';
import { QP_HARDWARE_DEFECTS } from './defects/qp_hardware.ts';
import { QP_MODIFY_DEFECTS } from './defects/qp_modify.ts';
import { UVERBS_FRONT_DEFECTS } from './defects/uverbs_front.ts';
import { UVERBS_HEADER_DEFECTS } from './defects/uverbs_header.ts';
import { UVERBS_POSTING_DEFECTS } from './defects/uverbs_posting.ts';
import { FLOW_DEFECTS } from './defects/flow.ts';
import { SOUNDNESS_DEFECTS } from './defects/soundness.ts';
import { SRQ_DEFECTS } from './defects/srq.ts';
import { WRITE_COMMAND_DEFECTS } from './defects/write_commands.ts';
import { WQ_DEFECTS } from './defects/wq.ts';
import { SHARING_DEFECTS } from './defects/sharing.ts';
import { SYSTEM_NODE_DEFECTS } from './defects/system_node.ts';
import { FURTHER } from './further.ts';
import { REMOVAL_DEFECTS } from './defects/removal.ts';

const ROWS: readonly Defect[] = [
  ...DISPATCH_DEFECTS,
  ...SOUNDNESS_DEFECTS,
  ...MESSAGE_DEFECTS,
  ...CHAIN_DEFECTS,
  ...HANDLE_DEFECTS,
  ...DISCOVERY_DEFECTS,
  ...NAME_DEFECTS,
  ...FIXED_DEFECTS,
  ...LIMIT_DEFECTS,
  ...HW_CONTEXT_DEFECTS,
  ...HW_TID_DEFECTS,
  ...DRIVER_DEFECTS,
  ...LIFETIME_DEFECTS,
  ...LIFECYCLE_DEFECTS,
  ...LIBIBVERBS_DEFECTS,
  ...REMOVAL_DEFECTS,
  ...CQ_DEFECTS,
  ...CQ_NOTIFY_DEFECTS,
  ...MR_DEFECTS,
  ...MR_MODIFY_DEFECTS,
  ...MW_DEFECTS,
  ...DM_DEFECTS,
  ...AH_DEFECTS,
  ...AH_MANY_DEFECTS,
  ...MCAST_DEFECTS,
  ...QP_DEFECTS,
  ...QP_CREATE_MOVED_DEFECTS,
  ...QP_MODIFY_DEFECTS,
  ...QP_HARDWARE_DEFECTS,
  ...IWARP_DEFECTS,
  ...POSTING_DEFECTS,
  ...COMPLETION_DEFECTS,
  ...DELIVERY_DEFECTS,
  ...UVERBS_FRONT_DEFECTS,
  ...UVERBS_HEADER_DEFECTS,
  ...WRITE_COMMAND_DEFECTS,
  ...FILE_CONTEXT_DEFECTS,
  ...UVERBS_POSTING_DEFECTS,
  ...SRQ_DEFECTS,
  ...WQ_DEFECTS,
  ...FLOW_DEFECTS,
  ...CONCURRENCY_DEFECTS,
  ...SHARING_DEFECTS,
  ...SYSTEM_NODE_DEFECTS,
  ...CM_ID_DEFECTS,
  ...CM_CONNECTION_DEFECTS,
  ...DESCRIPTOR_DEFECTS,
  ...EVENT_DEFECTS,
  ...ASSOCIATION_DEFECTS,
  ...EVENT_READ_DEFECTS,
  ...AH_ATOMIC_DEFECTS,
  ...KERNEL_VERBS_DEFECTS,
];

/** Every defect with all the clauses it breaks. */
export const DEFECTS: readonly Defect[] = ROWS.map((row) => ({
  ...row,
  clauses: [...new Set([...row.clauses, ...(FURTHER[row.id] ?? [])])],
}));

/** A defect by id; `hang` is one that no verdict can name: a call that never answers. */
export function findDefect(id: string): Defect | undefined {
  return id === HANGING.id ? HANGING : DEFECTS.find((defect) => defect.id === id);
}

export function faulty(defect: Defect, options: OpenOptions): Backend {
  const backend = emulator({ ...options, abi: defect.abi, alter: defect.alter });
  return defect === HANGING ? neverAnswering(backend) : backend;
}

/** A destroy of a protection domain never comes back; everything else works. */
function neverAnswering(backend: Backend): Backend {
  return {
    ...backend,
    process: async (how) => {
      const process = await backend.process(how);
      return {
        ...process,
        ioctl: (call) =>
          isPdDestroy(call.regions[0]?.bytes, call.request) ? new Promise(() => undefined) : process.ioctl(call),
      };
    },
  };
}

const PD_CLASS = 4;
const DESTROY = 3;

function isPdDestroy(bytes: Uint8Array | undefined, request: number): boolean {
  return bytes?.[2] === PD_CLASS && bytes[3] === 0 && (request & 0xff) === DESTROY;
}
