/** Two calls at once: the first stands still inside the core while the second is made, and goes on afterwards. */
import { BackendError } from '../../backends/backend.ts';
import type { Call } from '../../spec/abi/abi.ts';
import type { Client, Context } from './client.ts';
import { patience, timeToHappen, type Flight } from './flight.ts';
import type { Result } from './result.ts';

/** Makes the next call of a method stand still, before it does anything, and begins it. One that is refused returns. */
export async function detain(context: Context, call: Call): Promise<Flight<Result>> {
  const { client } = context;
  const { object, method } = call;
  await client.told({ action: 'stall', device: client.device, object, method, point: 'admitted' });
  const flight = context.begin(call);
  await flight.within(patience(client.session));
  return flight;
}

/** The same for a call that nothing refuses. */
export async function standStill(context: Context, call: Call): Promise<Flight<Result>> {
  const flight = await detain(context, call);
  if (flight.landed !== undefined)
    throw new BackendError('protocol', `${call.object}.${call.method} returned although it was made to stand still`);
  return flight;
}

/** Lets everything go on that stands still. A device that is gone has nothing to let go, and refuses; a call that stays is noticed. */
export async function release(client: Client): Promise<void> {
  await client.control({ action: 'release', device: client.device });
}

/** What a call returned that nothing holds up any more. */
export async function landed({ client }: Context, flight: Flight<Result>): Promise<Result> {
  const result = await flight.within(timeToHappen(client.session));
  if (result === undefined) throw new BackendError('hang', 'a call did not return after it was released');
  return result;
}

export interface Race {
  readonly first: Result;
  readonly second: Result;
  /** True where the second call did not return before the first one. */
  readonly waited: boolean;
}

/** `second` is made while `first` stands still. */
export async function race(context: Context, first: Call, second: Call): Promise<Race> {
  const running = await standStill(context, first);
  const other = context.begin(second);
  const waited = (await other.within(timeToHappen(context.client.session))) === undefined;
  await release(context.client);
  return { first: await landed(context, running), second: await landed(context, other), waited };
}
