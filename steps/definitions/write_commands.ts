/** Write commands: what the ways in have in common, and what they answer. */
import { Then, When } from '@cucumber/cucumber';
import { inChains } from '../client/chains.ts';
import type { Context } from '../client/client.ts';
import { commandsOf, send, wordOf, type Alteration, type CommandSpecimen, type Path } from '../client/commands.ts';
import { carry, commandNamed, frameOf, nativeOf, writeFrame } from '../client/native.ts';
import { listedHandles } from '../client/handle_lists.ts';
import { alterationsOf, both, told } from '../client/parity.ts';
import { specimenCall } from '../client/specimens.ts';
import type { RdmaWorld, Trial } from '../support/world.ts';

const PATHS: readonly Path[] = ['write', 'invoke'];
const WORDS: Readonly<Record<Path, string>> = { write: 'by write', invoke: 'by INVOKE_WRITE' };

/** What is behind a plain command by write is the driver's, where it takes driver data. */
const hasTail = ({ command }: CommandSpecimen, path: Path): boolean =>
  path === 'invoke' || command.extended || !command.driverData;

interface Series {
  readonly fits: (specimen: CommandSpecimen, path: Path) => boolean;
  readonly alter: (specimen: CommandSpecimen) => Alteration;
}

const SERIES: Readonly<Record<string, Series>> = {
  'a request that is a word short': {
    fits: ({ command }) => !command.extended,
    alter: ({ command }) => ({ name: 'short', request: -wordOf(command) }),
  },
  'room that is a word short': {
    fits: ({ command }) => !command.extended && command.response > 0 && !command.answersMore,
    alter: ({ command }) => ({ name: 'short', room: -wordOf(command) }),
  },
  'ones behind the request': { fits: hasTail, alter: () => ({ name: 'ones', request: 8, tail: 1 }) },
};

async function trialsOf(world: RdmaWorld, words: string): Promise<Trial[]> {
  const series = SERIES[words];
  if (series === undefined)
    throw new RangeError(`no commands come with ${words}; there are ${Object.keys(SERIES).join('; ')}`);
  const context = world.context();
  const specimens = (await commandsOf(context)).filter(({ served }) => served);
  const pairs = specimens.flatMap((specimen) =>
    PATHS.filter((path) => series.fits(specimen, path)).map((path) => ({ specimen, path })),
  );
  return inChains(pairs, async ({ specimen, path }) => {
    const { result } = await send(context, specimen, path, series.alter(specimen));
    return { name: `${specimen.command.name} ${WORDS[path]}`, result };
  });
}

When('every write command is sent with {string}', async function (this: RdmaWorld, words: string) {
  this.trials = await trialsOf(this, words);
});

Then('every write command answers alike by both ways', async function (this: RdmaWorld) {
  const context = this.context();
  // One after the other: the handle of an object that was ended is soon that of another.
  for (const specimen of await commandsOf(context)) {
    for (const alteration of alterationsOf(specimen)) {
      const { invoke, write } = await both(context, specimen, alteration);
      const name = `${specimen.command.name} ${alteration.name}`;
      this.check(name, invoke.words === write.words, invoke.words, write.words, write.sent.result);
    }
  }
});

Then('every write command that succeeds answers how many bytes were written', async function (this: RdmaWorld) {
  const context = this.context();
  const sent = await inChains(await commandsOf(context), async (specimen) => ({
    name: specimen.command.name,
    ...(await send(context, specimen, 'write')),
  }));
  for (const { name, result } of sent) {
    const expected = String(result.before.length);
    // What a device refuses is the business of other clauses.
    if (result.errno !== 0) continue;
    this.check(name, String(result.value) === expected, expected, String(result.value), result);
  }
});

Then('zeros behind the request change nothing', async function (this: RdmaWorld) {
  const context = this.context();
  for (const { specimen, path, name } of await tailed(context)) {
    const sound = await told(context, await send(context, specimen, path));
    const long = await send(context, specimen, path, { name: 'zeros', request: 8, tail: 0 });
    const got = await told(context, long);
    this.check(name, got === sound, sound, got, long.result);
  }
});

Then('room beyond the response is filled with zeros', async function (this: RdmaWorld) {
  const context = this.context();
  for (const { specimen, path, name } of await tailed(context)) {
    const { response, answersMore } = specimen.command;
    if (response === 0 || answersMore) continue;
    const { result, room } = await send(context, specimen, path, { name: 'long', room: 8 });
    // What a device refuses is the business of other clauses.
    if (result.errno !== 0) continue;
    const behind = [...room.subarray(response, response + 8)];
    const zeros = behind.length === 8 && behind.every((byte) => byte === 0);
    this.check(name, zeros, '0 0 0 0 0 0 0 0', behind.join(' '), result);
  }
});

/** Every command by each way in which what lies behind its request is the core's. */
async function tailed(context: Context) {
  return (await commandsOf(context)).flatMap((specimen) =>
    PATHS.filter((path) => hasTail(specimen, path)).map((path) => ({
      specimen,
      path,
      name: `${specimen.command.name} ${WORDS[path]}`,
    })),
  );
}

Then(
  'an extended command is carried out as if zeros were behind what was sent of it',
  async function (this: RdmaWorld) {
    const context = this.context();
    const specimens = (await commandsOf(context)).filter(({ command }) => command.extended && !command.followed);
    for (const specimen of specimens) {
      const { name } = specimen.command;
      const { request } = frameOf(context, name, await specimenCall(context, specimen.specimen));
      const least = request.findLastIndex((byte) => byte !== 0) + 1;
      const cut = Math.floor((request.length - least) / 8) * 8;
      if (cut === 0) continue;
      for (const path of PATHS) {
        const whole = await told(context, await send(context, specimen, path));
        const short = await send(context, specimen, path, { name: 'short', request: -cut });
        const got = await told(context, short);
        this.check(`${name} ${WORDS[path]}, ${String(cut)} bytes short`, got === whole, whole, got, short.result);
      }
    }
  },
);

/** A word nobody uses: neither the mark of extended commands nor the number. */
const BITS = [8, 16, 30];

When('a write command has a bit set beside its number', async function (this: RdmaWorld) {
  const context = this.context();
  const { word } = commandNamed(context, 'alloc_pd');
  this.trials = await withWords(
    this,
    BITS.map((bit) => (word | (1 << bit)) >>> 0),
    BITS.map((bit) => (word | (1 << bit)) >>> 0),
  );
});

/** Numbers that never had code, and those far above all that have. */
const PLAIN = [6, 7, 10, 12, 15, 22, 200, 255];
const MARK = 0x80000000;
const GAPS = [0, 2, 17].map((number) => (MARK | number) >>> 0);
const ABOVE = [200, 255].map((number) => (MARK | number) >>> 0);

When('a number is sent that is no write command', async function (this: RdmaWorld) {
  this.trials = await withWords(this, [...PLAIN, ...ABOVE], [...PLAIN, ...GAPS, ...ABOVE]);
});

When('an extended number between those of commands is written', async function (this: RdmaWorld) {
  const context = this.context();
  const call = { object: 'device', method: 'query', attributes: {} };
  const frame = frameOf(context, 'query_device_ex', call);
  const trials: Trial[] = [];
  for (const word of GAPS) {
    const result = await writeFrame(context, 'query_device_ex', call, { ...frame, word });
    trials.push({ name: `0x${word.toString(16)}`, result });
  }
  this.trials = trials;
});

/** The request to allocate a protection domain under other numbers. */
async function withWords(world: RdmaWorld, written: readonly number[], invoked: readonly number[]): Promise<Trial[]> {
  const context = world.context();
  const call = { object: 'pd', method: 'create', attributes: {} };
  const trials: Trial[] = [];
  const frame = frameOf(context, 'alloc_pd', call);
  const { regions } = nativeOf(context).written(frame);
  for (const word of written) {
    const extended = word >= MARK;
    const other = extended
      ? frameOf(context, 'query_device_ex', { object: 'device', method: 'query', attributes: {} })
      : frame;
    const result = await writeFrame(context, 'alloc_pd', call, { ...other, word });
    trials.push({ name: `0x${word.toString(16)} by write`, result });
  }
  for (const word of invoked) {
    const given = {
      CORE_IN: regions[0]?.bytes.slice(8) ?? new Uint8Array(8),
      CORE_OUT: new Uint8Array(8),
      WRITE_CMD: word,
    };
    const draft = nativeOf(context).message('device', 'invoke_write', given);
    trials.push({
      name: `0x${word.toString(16)} by INVOKE_WRITE`,
      result: await carry(context, 'alloc_pd', call, draft),
    });
  }
  return trials;
}

When(
  'every plain write command that creates is sent with room that cannot be written',
  async function (this: RdmaWorld) {
    const context = this.context();
    const specimens = (await commandsOf(context)).filter(
      ({ command, specimen }) => specimen.creates && !command.extended,
    );
    const trials: Trial[] = [];
    for (const { command, specimen } of specimens) {
      for (const path of PATHS) {
        const call = await specimenCall(context, specimen);
        const before = await listedHandles(context, specimen.object);
        const result =
          path === 'write'
            ? await writeFrame(context, command.name, call, {
                ...frameOf(context, command.name, call),
                address: 'none',
              })
            : await carry(context, command.name, call, undefined, ({ regions, ...rest }) => ({
                ...rest,
                regions: regions.map((region, at) => (at === 0 ? region : { ...region, readOnly: true })),
              }));
        const after = await listedHandles(context, specimen.object);
        trials.push({
          name: `${command.name} ${WORDS[path]}`,
          result,
          expected: before.join(' '),
          got: after.join(' '),
        });
      }
    }
    this.trials = trials;
  },
);
