/** GIDs: the table, single entries, and what is refused about them. */
import { Then, When } from '@cucumber/cucumber';
import { inChains } from '../client/chains.ts';
import { GID_BYTES, entriesIn, gidEntry, gidTable, gidsOf, tableLengths } from '../client/gids.ts';
import type { Asked } from '../client/native.ts';
import { hex, sameBytes } from '../client/recorder.ts';
import { Refused } from '../client/things.ts';
import type { RdmaWorld, Trial } from '../support/world.ts';

const trial = (name: string, { result }: Asked): Trial => ({ name, result });
/** Entries of a table that are asked for one by one, where it is long. */
const LOOKED_AT = 64;

Then('the table of GIDs is what the queries for single ones say', async function (this: RdmaWorld) {
  const context = this.context();
  const gids = await gidsOf(context);
  const places = gids.map(({ port, index }) => `${String(port)}/${String(index)}`);
  this.check('entries of their own', new Set(places).size === places.length, String(places.length), places.join(' '));
  const lengths = await tableLengths(context);
  const all = lengths.flatMap((length, at) =>
    Array.from({ length: Math.min(length, LOOKED_AT) }, (_, index) => ({ port: at + 1, index })),
  );
  const asked = await inChains(all, async ({ port, index }) => ({
    port,
    index,
    ...(await gidEntry(context, port, index)),
  }));
  for (const { port, index, result, outputs } of asked) {
    const listed = gids.find((gid) => gid.port === port && gid.index === index);
    const own = outputs['RESP_ENTRY'];
    const same = listed === undefined ? own === undefined : own !== undefined && sameBytes(listed.bytes, own);
    const expected = listed === undefined ? 'no entry' : hex(listed.bytes);
    this.check(
      `port ${String(port)}, ${String(index)}`,
      same,
      expected,
      own === undefined ? 'no entry' : hex(own),
      result,
    );
  }
});

When('the table of GIDs is asked for with too little room', async function (this: RdmaWorld) {
  const context = this.context();
  const count = (await gidsOf(context)).length;
  const rooms = [...new Set([count - 1, 1, 0])].filter((entries) => entries >= 0 && entries < count);
  const trials: Trial[] = [];
  for (const entries of rooms)
    trials.push(
      trial(`${String(entries)} of ${String(count)}`, await gidTable(context, GID_BYTES, entries * GID_BYTES)),
    );
  this.trials = trials;
});

When('the table of GIDs is asked for in entries that do not fit the room', async function (this: RdmaWorld) {
  const context = this.context();
  const room = 64 * GID_BYTES;
  this.trials = [
    trial('entries of 0 bytes', await gidTable(context, 0, room)),
    trial('one byte too many', await gidTable(context, GID_BYTES, room + 1)),
    trial('entries larger than the room', await gidTable(context, room + GID_BYTES, room)),
  ];
});

Then('entries of other sizes begin alike and end in zeros', async function (this: RdmaWorld) {
  const context = this.context();
  const gids = await gidsOf(context);
  for (const size of [16, 20, 28, 40, 64]) {
    const asked = await gidTable(context, size, (gids.length + 1) * size);
    if (asked.result.errno !== 0) throw new Refused('gid-table', asked.result);
    const entries = entriesIn(asked, size);
    for (const [at, { bytes, port, index }] of gids.entries()) {
      const expected = new Uint8Array(size);
      expected.set(bytes.subarray(0, size));
      const got = entries[at] ?? new Uint8Array(0);
      const name = `${String(size)} bytes, port ${String(port)}, ${String(index)}`;
      this.check(name, sameBytes(expected, got), hex(expected), hex(got), asked.result);
    }
  }
});

When('GIDs of ports that are none are asked for', async function (this: RdmaWorld) {
  const context = this.context();
  const ports = (await tableLengths(context)).length;
  const trials: Trial[] = [];
  for (const port of [0n, BigInt(ports) + 1n, 0xffffffffn, 0x100000001n])
    trials.push(trial(`port ${String(port)}`, await gidEntry(context, port, 0)));
  this.trials = trials;
});

When('GIDs beyond the tables are asked for', async function (this: RdmaWorld) {
  const context = this.context();
  const trials: Trial[] = [];
  for (const [at, length] of (await tableLengths(context)).entries()) {
    for (const index of [BigInt(length), BigInt(length) + 1n, 0x7fffffffn, 0x80000000n, 0xffffffffn, 0x100000000n])
      trials.push(trial(`port ${String(at + 1)}, ${String(index)}`, await gidEntry(context, at + 1, index)));
  }
  this.trials = trials;
});

When('empty entries are asked for', async function (this: RdmaWorld) {
  const context = this.context();
  const gids = await gidsOf(context);
  const trials: Trial[] = [];
  for (const [at, length] of (await tableLengths(context)).entries()) {
    const free = Array.from({ length: Math.min(length, LOOKED_AT) }, (_, index) => index).filter(
      (index) => !gids.some((gid) => gid.port === at + 1 && gid.index === index),
    );
    for (const index of free)
      trials.push(trial(`port ${String(at + 1)}, ${String(index)}`, await gidEntry(context, at + 1, index)));
  }
  this.trials = trials;
});

When('GIDs are asked for with a flag', async function (this: RdmaWorld) {
  const context = this.context();
  const room = 1024 * GID_BYTES;
  const trials: Trial[] = [];
  for (const flags of [1n, 0x80000000n, 0x100000000n]) {
    const name = `flag 0x${flags.toString(16)}`;
    trials.push(trial(`table, ${name}`, await gidTable(context, GID_BYTES, room, { FLAGS: flags })));
    trials.push(trial(`entry, ${name}`, await gidEntry(context, 1, 0, flags)));
  }
  this.trials = trials;
});
