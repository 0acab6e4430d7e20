/** `serve`: any backend behind the daemon protocol, on standard streams or on a unix socket. */
import { BackendError } from '../../backends/backend.ts';
import { protocolSchemas, type Schemas } from '../../backends/daemon/schemas.ts';
import { listen } from '../../backends/daemon/server/listen.ts';
import { serveClient } from '../../backends/daemon/server/serve.ts';
import type { SessionOptions } from '../../backends/daemon/server/session.ts';
import { UsageError } from '../failure.ts';
import { ROOT, compiledSpec, toolVersion } from '../project.ts';
import { backendNamed, modelsOf } from '../run/subject.ts';
import type { Invocation } from './table.ts';

interface ServeOptions {
  readonly backend: string;
  readonly model?: string;
  readonly seed: number;
  readonly stdio?: boolean;
  readonly listen?: string;
  readonly validate?: boolean;
}

const SIGNALS = ['SIGHUP', 'SIGINT', 'SIGTERM'] as const;

export async function execute({ options: given }: Invocation): Promise<number> {
  const { backend, model: wanted, seed, stdio, listen: path, validate = false } = given as unknown as ServeOptions;
  if (stdio !== true && path === undefined) throw new UsageError('serve: where? give --stdio or --listen PATH');
  const entry = await backendNamed(backend);
  const [model = ''] = modelsOf(entry, wanted);
  const spec = compiledSpec(ROOT);
  const agent = `rdma-conformance ${toolVersion(ROOT)} ${backend}`;
  const session: SessionOptions = { agent, validate, open: () => entry.open({ spec, model, seed }) };
  const schemas = await protocolSchemas();
  if (path === undefined) await serveClient(process.stdin, process.stdout, schemas, session);
  else await serveSocket(path, schemas, session);
  return 0;
}

/** Until a signal says that it is enough. */
async function serveSocket(path: string, schemas: Schemas, session: SessionOptions): Promise<void> {
  const told = new Promise<void>((resolve) => {
    for (const signal of SIGNALS)
      process.once(signal, () => {
        resolve();
      });
  });
  try {
    const listening = await listen(path, schemas, session);
    process.stderr.write(`listening on ${path}\n`);
    await told;
    await listening.close();
  } catch (thrown) {
    if (thrown instanceof BackendError) throw new UsageError(`--listen ${thrown.message}`);
    throw thrown;
  }
}
