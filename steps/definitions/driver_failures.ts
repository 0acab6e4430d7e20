/** Drivers that fail: the errno comes through, and the call has left nothing behind. */
import { Then, When } from '@cucumber/cucumber';
import type { Context } from '../client/client.ts';
import { limitOf } from '../client/limits.ts';
import { stoppable } from '../client/offered.ts';
import type { Result } from '../client/result.ts';
import { specimenCall, specimensOf, type Specimen } from '../client/specimens.ts';
import { createCall, tableOf } from '../client/things.ts';
import { destroyOf, inFreshFile } from '../client/touches.ts';
import type { Call } from '../../spec/abi/abi.ts';
import type { RdmaWorld, Trial } from '../support/world.ts';

/** Errnos that drivers fail with and the core never uses for a sound call. */
const ERRNOS = ['ENOMEM', 'EIO', 'EAGAIN', 'ETIMEDOUT', 'EOPNOTSUPP'] as const;
/** Creates that fail one after the other: none of them may take up room. */
const BOUND = 256;

When('the driver fails every method', async function (this: RdmaWorld) {
  const specimens = await inFreshFile(this.client, (context) =>
    Promise.resolve(specimensOf(context).filter((specimen) => stoppable(this.client.session, specimen))),
  );
  const trials: Trial[] = [];
  for (const [index, specimen] of specimens.entries()) {
    const errno = ERRNOS[index % ERRNOS.length] ?? 'EIO';
    await inFreshFile(this.client, async (context) => {
      const work = specimen.creates ? failedCreate : failed;
      const { result, left } = await work(context, specimen, errno);
      trials.push({
        name: specimen.name,
        result,
        expected: `${errno}, nothing left`,
        got: `${result.answer}, ${left}`,
      });
    });
  }
  this.trials = trials;
});

Then('every failure reaches the caller and leaves nothing behind', function (this: RdmaWorld) {
  for (const { name, result, expected = '', got = '' } of this.trials)
    this.check(name, got === expected, expected, got, result);
});

interface Shown {
  readonly result: Result;
  /** What was found of the call afterwards. */
  readonly left: string;
}

async function failing(context: Context, call: Call, errno: string): Promise<Result> {
  const { client } = context;
  const { object, method } = call;
  await client.told({ action: 'fail', device: client.device, object, method, errno });
  return context.call(call);
}

/** The objects it named are free, and as many fit as before. */
async function failedCreate(context: Context, { object, variant }: Specimen, errno: string): Promise<Shown> {
  const { call, parts } = await createCall(context, object, variant);
  const { limit } = tableOf(context.client.session.spec, object);
  const times = limit === undefined ? 1 : Math.min(await limitOf(context, limit), BOUND);
  let result = await failing(context, call, errno);
  for (let i = 1; i < times && result.answer === errno; i += 1) result = await failing(context, call, errno);
  for (const part of new Set(Object.values(parts))) {
    if (part.file !== undefined) continue;
    const freed = await context.call(destroyOf(part));
    if (freed.errno !== 0) return { result, left: `${part.object} in use` };
  }
  const again = await createCall(context, object, variant);
  const made = await context.call(again.call);
  return { result, left: made.errno === 0 ? 'nothing left' : `the next create ${made.answer}` };
}

/** The same call succeeds afterwards: its object is there, in the state it was in. */
async function failed(context: Context, specimen: Specimen, errno: string): Promise<Shown> {
  const call = await specimenCall(context, specimen);
  const result = await failing(context, call, errno);
  const again = await context.call(call);
  return { result, left: again.errno === 0 ? 'nothing left' : `the same call ${again.answer}` };
}
