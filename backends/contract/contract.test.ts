/** One suite for the emulator, the emulator behind the protocol, and the agent in C. Guests have it in `linux_vm`. */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { describe } from 'vitest';
import { packageRoot } from '../../spec/compile/files.ts';
import { projectSpec } from '../../spec/project_spec.ts';
import { daemonBackend } from '../daemon/client.ts';
import { behindDaemon } from '../daemon/in_memory.ts';
import { spawnLink } from '../daemon/spawned_link.ts';
import { BACKENDS } from '../registry.ts';
import { filesContract } from './files.ts';
import { messagesContract } from './messages.ts';

const spec = projectSpec();

for (const entry of BACKENDS.filter(({ id }) => id.startsWith('emulator'))) {
  const { id } = entry;
  for (const model of entry.models) {
    const here = () => entry.open({ spec, model, seed: 1 });
    filesContract(`${id} as ${model}`, here);
    messagesContract(`${id} as ${model}`, spec, here);
    filesContract(`${id} as ${model} behind the daemon`, () => behindDaemon(here));
    messagesContract(`${id} as ${model} behind the daemon`, spec, () => behindDaemon(here));
  }
}

const CONFORMD = join(packageRoot(), 'build', 'conformd', 'conformd');
const built = existsSync(CONFORMD);
// Where the agent is a must, as in `.ci/run`, its tests run and fail.
const must = process.env['RDMA_CONFORMANCE_CONFORMD'] === 'must';
if (!built && !must)
  process.stderr.write('SKIPPED: the contract of conformd: build it with make -C backends/conformd\n');

// Any file will do for what needs no messages; messages need a device of the kernel.
describe.skipIf(!built && !must)('conformd', () => {
  const connect = () => spawnLink([CONFORMD, '--stdio', '--device', '/dev/null']);
  filesContract('conformd on /dev/null', () => daemonBackend({ connect, deadline: 10_000, validate: true }));
});
