/** The system-wide node as scenarios open it. */
import { BackendError } from '../../backends/backend.ts';
import type { Client, Context } from './client.ts';

/** What scenarios call a file of it. */
export const SYSTEM_NODE = 'the system-wide node';

export function systemPath({ session }: Client): string {
  const { system } = session.description;
  if (system === undefined) throw new BackendError('config', 'the backend tells of no system-wide node');
  return system.path;
}

/** Opens it anew, in a process of its own. */
export function openSystemNode(client: Client, privileged = true): Promise<Context> {
  return client.openSilently(privileged, systemPath(client));
}
