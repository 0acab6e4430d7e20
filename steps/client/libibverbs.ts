/** The functions of libibverbs 1.0: the calls that the table gives for each are made, and what they answered is kept. */
import type { Session } from '../../backends/session.ts';
import type { Call } from '../../spec/abi/abi.ts';
import type { LibraryFunction } from '../../spec/model.ts';
import type { Context } from './client.ts';
import { gidEntry, gidsOf } from './gids.ts';
import { carry } from './native.ts';
import type { Result } from './result.ts';
import { specimenCall, specimensOf } from './specimens.ts';
import { Refused } from './things.ts';

/** One call of a function: what it was, and what it told. */
export interface Made {
  /** The file it was made on. */
  readonly context: Context;
  /** Undefined where it was no neutral call. */
  readonly call?: Call;
  readonly result?: Result;
  /** Names of the values in its answer; none where it was refused. */
  readonly told: readonly string[];
}

export function functionNamed({ spec }: Session, name: string): LibraryFunction {
  const found = spec.library.find((one) => one.function === name);
  if (found === undefined) throw new RangeError(`the table of libibverbs has no function ${name}`);
  return found;
}

/** What no neutral call stands for, by its word in the table. */
const OWN: Readonly<Record<string, (context: Context) => Promise<Made>>> = {
  // The client says what the ABI wants said first, GET_CONTEXT, as it opens.
  'open device': async ({ client }) => ({ context: await client.open(), told: ['handle'] }),
  'device.query_gid_entry': async (context) => {
    const [gid] = await gidsOf(context);
    const { result, outputs } = await gidEntry(context, gid?.port ?? 1, gid?.index ?? 0);
    if (result.errno !== 0) throw new Refused('gid-table', result);
    return { context, result, told: Object.keys(outputs) };
  },
};

/** What a modify is given beside what its object was made with. */
const OTHER: Readonly<Record<string, Call['attributes']>> = { 'srq.modify': { srq_limit: 3 } };

/** Makes the calls of a function, in their order, on objects of their own. */
export async function callsOf(context: Context, fn: LibraryFunction): Promise<readonly Made[]> {
  const made: Made[] = [];
  for (const word of fn.calls[context.client.session.abi.id]) {
    const own = OWN[word];
    if (own !== undefined) made.push(await own(context));
  }
  const file = made.at(-1)?.context ?? context;
  for (const word of fn.calls.uapi) {
    const [object, method] = word.split('.');
    if (object !== undefined && method !== undefined) made.push(await neutral(file, fn, object, method));
  }
  return made;
}

async function neutral(context: Context, fn: LibraryFunction, object: string, method: string): Promise<Made> {
  const specimen = specimensOf(context).find((one) => one.object === object && one.method === method);
  if (specimen === undefined)
    throw new RangeError(`${object}.${method} is not served here; limit the scenario by tags`);
  const sound = await specimenCall(context, specimen);
  const call = { ...sound, attributes: { ...sound.attributes, ...OTHER[`${object}.${method}`] } };
  const result = await sendAs(context, fn, call);
  const values = Object.keys(result.reply?.attributes ?? {});
  return {
    context,
    call,
    result,
    told: specimen.creates && result.reply !== undefined ? ['handle', ...values] : values,
  };
}

/** Sends a call as the function does: by the write command that the table names, else by the method of the call. */
export function sendAs(context: Context, fn: LibraryFunction, call: Call): Promise<Result> {
  const { abi } = context.client.session;
  const command = abi.native?.commands.find(
    ({ name, does }) => fn.calls[abi.id].includes(name) && does?.object === call.object && does.method === call.method,
  );
  return command === undefined ? context.call(call) : carry(context, command.name, call);
}
