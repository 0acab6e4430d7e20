/** A completion queue in which completions wait that nobody has polled. */
import type { Context } from './client.ts';
import { pair } from './pairs.ts';
import { Refused, type Thing } from './things.ts';
import { receive, send, take } from './work.ts';

const TYPE = 'RC';
/** How many wait. */
export const WAITING = 3;

/** The one of a receiver, whose sender has been told of every message: so each of them has arrived. */
export async function filled(context: Context): Promise<Thing> {
  const { way, back } = await pair(context, TYPE, ['RTS', 'RTS']);
  for (let number = 1; number <= WAITING; number += 1)
    for (const posted of [await receive(back.from, number, back.mr), await send(way, number)])
      if (posted.errno !== 0) throw new Refused('post-accepts', posted);
  const { result, completions } = await take(way.from.parts['send_cq'] as Thing, WAITING);
  if (completions.length < WAITING) throw new Refused('completion-send', result);
  return back.from.parts['recv_cq'] as Thing;
}
