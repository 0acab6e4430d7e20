/**
 * Which methods of Linux take their object for writing: destroy, and giving a memory region other values.
 * Every other modify takes it for reading and leaves the order to the driver. Source: core/uverbs_cmd.c, core/rdma_core.c.
 */
const ALONE: ReadonlySet<string> = new Set(['mr.modify']);

export function wantsAlone(object: string, method: string): boolean {
  return method === 'destroy' || ALONE.has(`${object}.${method}`);
}
