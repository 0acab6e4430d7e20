/** The system-wide node as scenarios open it. */
import { BackendError, type Process } from '../../backends/backend.ts';
import { errnoName } from '../../spec/errno.ts';
import { Context, type Client } from './client.ts';

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

/** Opens it once more in a process that there is already. */
export async function openSystemNodeIn(client: Client, process: Process): Promise<Context> {
  const path = systemPath(client);
  const opened = await client.tryOpen(process, path);
  if (!opened.ok) throw new BackendError('resource', `${path} cannot be opened: ${errnoName(opened.errno)}`);
  return new Context(client, process, opened.value);
}
