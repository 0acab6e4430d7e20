/** The suite that every backend passes, on guests: the agent as it is meant to be used, and a kernel that answers it. */
import { beforeAll, describe } from 'vitest';
import { projectSpec } from '../../spec/project_spec.ts';
import { filesContract } from '../contract/files.ts';
import { messagesContract } from '../contract/messages.ts';
import { linuxVm } from './backend.ts';
import { guestMissing } from './guest_missing.ts';

const spec = projectSpec();
const open = () => linuxVm('rxe-6.1', { driver: 'rxe', kernel: '6.1' });

describe.skipIf(guestMissing())('a guest', () => {
  // What follows finds a snapshot, and needs no boot.
  beforeAll(async () => {
    await (await open()).close();
  }, 180_000);
  filesContract('linux-vm as rxe-6.1', open);
  messagesContract('linux-vm as rxe-6.1', spec, open);
});
