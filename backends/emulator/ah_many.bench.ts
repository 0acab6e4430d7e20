/**
 * What a list of paths costs beside the loop of creates it stands for: without anything around the emulator, and behind its
 * contract, where each call waits for its answer as one that enters a kernel does. Each round opens a file, allocates a
 * protection domain, makes 64 address handles in it and closes the file; what that costs without them is measured too.
 * What is measured is the built code, as in dispatch.bench.ts. Figures are in note 0160.
 */
import { createRequire } from 'node:module';
import { bench, describe } from 'vitest';
import type { Encoded } from '../../spec/abi/abi.ts';
import type { Context } from './core/context.ts';

const built = createRequire(new URL('../../build/backends/emulator/', import.meta.url));
const { BareDevice, modelNamed } = built('./bare_device.js') as typeof import('./bare_device.ts');
const { emulator } = built('./backend.js') as typeof import('./backend.ts');
const { pipelineOf } = built('./rules.js') as typeof import('./rules.ts');
const { projectSpec } = built('../../spec/project_spec.js') as typeof import('../../spec/project_spec.ts');

const COUNT = 64;
const PD = 1;
const path_ib = { dlid: 2, port: 1 };

const bare = new BareDevice({ model: modelNamed('ud-srd') });
const opening = bare.encode({ object: 'pd', method: 'create', attributes: {} });
const one = bare.encode({ object: 'ah', method: 'create', attributes: { pd: PD, path_ib } });
const list = bare.encode({
  object: 'pd',
  method: 'create_ahs',
  on: PD,
  attributes: { paths: Array.from({ length: COUNT }, () => path_ib) },
  room: { handles: 4 * COUNT, made: 0, refusal: 0 },
});
/** What a round sends inside its file. */
const ROUNDS: Readonly<Record<string, readonly Encoded[]>> = {
  'no address handle': [opening],
  '64 address handles, one by one': [opening, ...Array.from({ length: COUNT }, () => one)],
  '64 address handles by the list': [opening, list],
};

/** A message as it is before it is answered, which happens in place. */
function fresh({ request, regions, patches }: Encoded): Encoded {
  return { request, regions: regions.map((region) => ({ ...region, bytes: region.bytes.slice() })), patches };
}

describe('dispatch', () => {
  const close = pipelineOf<Context>(bare.pipelines, 'context.close');
  for (const [name, messages] of Object.entries(ROUNDS))
    bench(name, () => {
      const context = bare.open();
      for (const message of messages) if (bare.send(context, fresh(message)) !== 0) throw new Error('refused');
      close(context);
    });
});

describe('the contract', async () => {
  const process = await emulator({ spec: projectSpec(), model: 'ud-srd', seed: 1, abi: 'uapi' }).process();
  for (const [name, messages] of Object.entries(ROUNDS))
    bench(name, async () => {
      const opened = await process.open('/dev/infiniband/uverbs0');
      const fd = opened.ok ? opened.value : -1;
      for (const message of messages)
        if (!(await process.ioctl({ fd, ...fresh(message) })).ok) throw new Error('refused');
      await process.close(fd);
    });
});
