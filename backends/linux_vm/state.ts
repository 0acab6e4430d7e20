/** The state of a machine in a file, by QEMU's migration. The guest's memory is a file of its own and no part of it. */
import { setTimeout as sleep } from 'node:timers/promises';
import { BackendError } from '../backend.ts';
import { STATE_FD } from './qemu.ts';
import type { Qmp } from './qmp.ts';

/** Milliseconds between two looks at how far it is. */
const LOOK = 10;
/** Bytes a second: as fast as it goes. */
const FAST = 2 ** 40;

/** Both sides must be told that memory is left out. */
async function leaveMemoryOut(qmp: Qmp): Promise<void> {
  await qmp.execute('migrate-set-capabilities', { capabilities: [{ capability: 'x-ignore-shared', state: true }] });
}

/** For a machine that was started to be restored, with the file at STATE_FD. */
export async function loadState(qmp: Qmp): Promise<void> {
  await leaveMemoryOut(qmp);
  await qmp.execute('migrate-incoming', { uri: `fd:${STATE_FD.toString()}` });
}

/** The machine stands still afterwards. The state is where the guest runs: who restores it need not know that it stood. */
export async function saveState(qmp: Qmp, path: string): Promise<void> {
  await leaveMemoryOut(qmp);
  await qmp.execute('migrate-set-parameters', { 'max-bandwidth': FAST });
  await qmp.execute('migrate', { uri: `exec:cat >${quoted(path)}` });
  for (;;) {
    const { status } = (await qmp.execute('query-migrate')) as { readonly status?: string };
    if (status === 'completed') return;
    if (status === 'failed' || status === 'cancelled')
      throw new BackendError('resource', `QEMU could not write the state of a guest to ${path}`);
    await sleep(LOOK);
  }
}

/** For the shell that QEMU starts. */
function quoted(path: string): string {
  return `'${path.replaceAll("'", String.raw`'\''`)}'`;
}
