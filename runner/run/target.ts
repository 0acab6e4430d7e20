/** What a run is about to open: a row of the registry, or an agent somewhere else. */
import { BackendError, type Backend } from '../../backends/backend.ts';
import { UsageError } from '../failure.ts';
import { ROOT, toolVersion } from '../project.ts';
import { plain } from '../views/plain.ts';
import { backendNamed, type Opener } from './subject.ts';

/** What can be opened, and the end of what had to be opened to know that; it does no harm where a subject ended it. */
export interface Target {
  readonly entry: Opener;
  readonly leave: () => Promise<void>;
}

export interface Reach {
  readonly backend: string;
  /** `unix:PATH`, or a command. */
  readonly connect?: string | undefined;
  readonly validate?: boolean | undefined;
  readonly deadline: number;
}

/** Name of all that is reached by --connect: what a command line says is nothing to keep in results or to run from them. */
export const CONNECTED = 'connect';

export async function reach({ backend: id, connect, validate = false, deadline }: Reach): Promise<Target> {
  if (connect === undefined) {
    if (validate) throw new UsageError('--validate: checks the messages of a connection; give --connect');
    return { entry: await backendNamed(id), leave: () => Promise.resolve() };
  }
  const { connectTo } = await import('../../backends/daemon/connect.ts');
  const { daemonBackend } = await import('../../backends/daemon/client.ts');
  const client = `rdma-conformance ${toolVersion(ROOT)}`;
  let backend: Backend | undefined;
  try {
    backend = await daemonBackend({ connect: connectTo(connect), deadline, validate, client });
    const { model } = await backend.describe();
    const connected = backend;
    // The agent plays one model, and is opened once.
    const entry = { id: CONNECTED, models: [model], open: () => Promise.resolve(connected) };
    return { entry, leave: () => connected.close() };
  } catch (thrown) {
    await backend?.close();
    if (thrown instanceof BackendError) throw new UsageError(`--connect ${connect}: ${plain(thrown.message)}`);
    throw thrown;
  }
}
