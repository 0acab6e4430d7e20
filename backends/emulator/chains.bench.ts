/**
 * What a chain of a hundred messages costs beside a hundred calls: without anything around the emulator, and behind its contract,
 * where each call waits for its answer as one that enters a kernel does. What is measured is the built code, as in dispatch.bench.ts.
 */
import { createRequire } from 'node:module';
import { bench, describe } from 'vitest';
import type { Encoded } from '../../spec/abi/abi.ts';

const built = createRequire(new URL('../../build/backends/emulator/', import.meta.url));
const { BareDevice } = built('./bare_device.js') as typeof import('./bare_device.ts');
const { emulator } = built('./backend.js') as typeof import('./backend.ts');
const { CHAINS } = built('../../spec/abi/uapi/chain.js') as typeof import('../../spec/abi/uapi/chain.ts');
const { projectSpec } = built('../../spec/project_spec.js') as typeof import('../../spec/project_spec.ts');

const COUNT = 100;

const bare = new BareDevice();
/** Messages without outputs: one that was answered in place is not sent again as it is. */
const messages: readonly Encoded[] = Array.from({ length: COUNT }, () =>
  bare.encode({ object: 'port', method: 'query', on: 1, attributes: {} }),
);
/** Made anew each time, since a chain that was carried out is marked. */
const chained = (): Encoded => CHAINS.join(messages);

describe('dispatch', () => {
  const context = bare.open();
  bench('100 messages', () => {
    for (const message of messages) if (bare.send(context, message) !== 0) throw new Error('refused');
  });
  bench('a chain of 100', () => {
    if (bare.send(context, chained()) !== 0) throw new Error('refused');
  });
});

describe('the contract', async () => {
  const process = await emulator({ spec: projectSpec(), model: 'verbs', seed: 1, abi: 'uapi' }).process();
  const opened = await process.open('/dev/infiniband/uverbs0');
  const fd = opened.ok ? opened.value : -1;
  bench('100 calls, each after the other', async () => {
    for (const message of messages) if (!(await process.ioctl({ fd, ...message })).ok) throw new Error('refused');
  });
  bench('a chain of 100', async () => {
    if (!(await process.ioctl({ fd, ...chained() })).ok) throw new Error('refused');
  });
});
