/** Test support: a client and a server of this project on streams in memory. */
import type { Backend } from '../backend.ts';
import { daemonBackend } from './client.ts';
import { protocolSchemas } from './schemas.ts';
import { pipe } from './scripted_agent.ts';
import { serveClient } from './server/serve.ts';

/** What `open` opens, behind the protocol; every message is checked on both sides. */
export function behindDaemon(open: () => Promise<Backend>): Promise<Backend> {
  const connect = async () => {
    const { link, from, to } = pipe();
    void serveClient(from, to, await protocolSchemas(), { agent: 'in memory', open, validate: true });
    return link;
  };
  return daemonBackend({ connect, deadline: 10_000, validate: true });
}
