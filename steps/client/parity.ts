/** The same command by write and inside the message that can carry any: what each answers, and what has happened then. */
import type { Context } from './client.ts';
import { send, wordOf, type Alteration, type CommandSpecimen, type Path, type SentCommand } from './commands.ts';
import { outputs } from './outputs.ts';
import { on, tableOf, thingOf } from './things.ts';

/** Alterations that mean the same by either way. */
export function alterationsOf({ command, specimen }: CommandSpecimen): Alteration[] {
  const word = wordOf(command);
  const all: Alteration[] = [{ name: 'sound' }];
  // An extended command of one word would be about object 0 without it.
  if (command.request > word || !command.extended) all.push({ name: 'a word short', request: -word });
  if (command.response > 0) all.push({ name: 'room a word short', room: -word });
  if (!specimen.creates && command.takes.size > 0) all.push({ name: 'of no object', stranger: true });
  // Behind a plain command that takes driver data, what is longer by write is the driver's.
  if (command.driverData && !command.extended) return all;
  all.push({ name: 'zeros behind', request: 8, tail: 0 }, { name: 'ones behind', request: 8, tail: 0xff });
  if (command.response > 0 && !command.answersMore) all.push({ name: 'more room', room: 8 });
  return all;
}

/** Answer, outputs and effect in words. */
export async function told(context: Context, sent: SentCommand): Promise<string> {
  const { result } = sent;
  if (result.errno !== 0) return result.answer;
  return `0, ${outputs(result)}, ${await effectOf(context, sent)}`;
}

/** What is there now that was not, or is gone that was there. */
async function effectOf(context: Context, { call, result }: SentCommand): Promise<string> {
  const { spec, abi } = context.client.session;
  const { instances, methods } = tableOf(spec, call.object);
  const role = methods[call.method]?.role;
  if (role === 'create' && result.reply !== undefined) {
    const thing = thingOf(context, call, {}, result, result.reply);
    const ended = instances === 'fd' ? await thing.file?.close() : await context.call(on(thing, 'destroy'));
    return ended !== undefined && ('ok' in ended ? ended.ok : ended.errno === 0) ? 'made' : 'not made';
  }
  if (role === 'destroy') {
    const again = await context.call({ ...call, attributes: {}, room: {} });
    return again.answer === 'ENOENT' ? 'gone' : `still there: ${again.answer}`;
  }
  if (role === 'modify' && abi.expresses(call.object, 'query')) {
    const room = Object.fromEntries(Object.keys(call.attributes).map((name) => [name, 0]));
    return outputs(await context.call({ ...call, method: 'query', attributes: {}, room }));
  }
  return 'nothing more';
}

export async function both(
  context: Context,
  specimen: CommandSpecimen,
  alteration: Alteration,
): Promise<Readonly<Record<Path, { readonly sent: SentCommand; readonly words: string }>>> {
  const one = async (path: Path) => {
    const sent = await send(context, specimen, path, alteration);
    return { sent, words: await told(context, sent) };
  };
  return { invoke: await one('invoke'), write: await one('write') };
}
