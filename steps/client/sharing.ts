/** One open file in two processes: inherited by a child, or received from another process. */
import { BackendError, type Answer } from '../../backends/backend.ts';
import { errnoName } from '../../spec/errno.ts';
import { Context } from './client.ts';

export type How = 'inherited' | 'received';

export function isHow(word: string): word is How {
  return word === 'inherited' || word === 'received';
}

/** The same file in another process: a new one, or `to`. */
export async function shared(context: Context, how: How, to?: Context['process']): Promise<Context> {
  const { client, process, fd } = context;
  if (how === 'inherited') return new Context(client, await client.ask(process.fork(), 'fork'), fd);
  const other = to ?? (await client.process());
  const sent = await client.ask(process.sendFd(fd, other), 'sendFd');
  if (!sent.ok) throw new BackendError('resource', `a descriptor cannot be passed: ${errnoName(sent.errno)}`);
  return new Context(client, other, sent.value);
}

/** A flag of a descriptor or of its file, set or asked; the value, or the errno's name. */
export async function flags(
  { client, process, fd }: Context,
  command: 'F_GETFD' | 'F_SETFD' | 'F_GETFL' | 'F_SETFL',
  value = 0,
): Promise<number | string> {
  const answer: Answer = await client.ask(process.fcntl(fd, command, value), `fcntl ${command}`);
  return answer.ok ? answer.value : errnoName(answer.errno);
}
