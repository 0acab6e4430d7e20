/** What `--connect` names: `unix:PATH` for a socket, or a command that is started for each connection. */
import { splitCommand } from './command_line.ts';
import type { Connect } from './link.ts';
import { connectSocket } from './socket_link.ts';
import { spawnLink } from './spawned_link.ts';

const UNIX = 'unix:';

export function connectTo(target: string): Connect {
  if (target.startsWith(UNIX)) return () => connectSocket(target.slice(UNIX.length));
  const argv = splitCommand(target);
  return () => spawnLink(argv);
}
