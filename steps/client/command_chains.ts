/** Chains of messages: many calls handed over at once, and what became of each. */
import type { Call, Chains, Element, Encoded } from '../../spec/abi/abi.ts';
import type { Context } from './client.ts';
import type { Result } from './result.ts';

export interface Chained {
  readonly result: Result;
  /** The elements before the chain was handed over, and afterwards. */
  readonly sent: readonly Element[];
  readonly elements: readonly Element[];
}

export function chainsOf({ client }: Context): Chains {
  const { abi } = client.session;
  if (abi.chains === undefined) throw new Error(`${abi.id} has no chains; limit the scenario by @abi:`);
  return abi.chains;
}

/** The bytes of a call, to be sent by itself or in a chain. */
export function messageOf({ client }: Context, call: Call): Encoded {
  const { abi } = client.session;
  return abi.encode(abi.draft(call));
}

/** Hands messages over in one call; `lies` and `change` make of it what it should not be. */
export async function chained(
  context: Context,
  messages: readonly Encoded[],
  lies?: Parameters<Chains['join']>[1],
  change: (encoded: Encoded) => Encoded = (encoded) => encoded,
): Promise<Chained> {
  const chains = chainsOf(context);
  const result = await context.send(change(chains.join(messages, lies)));
  const sent = chains.elements({ regions: [{ bytes: result.before }] });
  return { result, sent, elements: chains.elements(result.encoded) };
}

/** What became of an element, in words. */
export function fateOf({ done, errno, command, method }: Element): string {
  if (command === method) return 'untouched';
  return `${done ? 'done' : 'not done'}${errno === 0 ? '' : `, errno ${String(errno)}`}`;
}
