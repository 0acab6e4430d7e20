/** The recording on the emulator: each call answered as rxe answered it, or with a difference that is told here. */
import { expect, it } from 'vitest';
import { emulator } from '../../backends/emulator/backend.ts';
import { abiOf } from '../../spec/abi/registry.ts';
import { projectSpec } from '../../spec/project_spec.ts';
import { play } from './play.ts';
import { byProgram, readRecording } from './recorded.ts';

const spec = projectSpec();
const abi = abiOf(spec, 'uverbs');

/** A call, rxe's answer and the emulator's. */
const DIFFERENT: Readonly<Record<string, string>> = {
  'post_send: 32, here -EINVAL':
    'rxe is told by an empty list to look at the queue that it shares with the program; the emulator shares none and takes one work request a command (note 0093)',
  'device.query_gid_entry: 0 3, here -ENODATA': 'the table of the first port has one entry; that of the guest has two',
};

it.each([...byProgram(readRecording())])('of %s', async (_, calls) => {
  const backend = emulator({ spec, model: 'verbs', seed: 1, abi: 'uverbs' });
  const [device] = (await backend.describe()).devices;
  const played = await play({ backend, abi, device: device?.name ?? '', path: device?.path ?? '' }, calls);
  // Completions are told of work that only a queue shared with the device could bring.
  const left = calls.filter(({ function: of }) => of === 'ibv_get_cq_event').length;
  expect(played.length).toBe(calls.length - left);
  const other = played.filter(({ there, here }) => there !== here);
  const told = other.map(({ word, there, here }) => `${word}: ${there}, here ${here}`);
  expect(told.filter((one) => DIFFERENT[one] === undefined)).toEqual([]);
});

it('tells of every difference that there is', async () => {
  const all = new Set<string>();
  for (const [, calls] of byProgram(readRecording())) {
    const backend = emulator({ spec, model: 'verbs', seed: 1, abi: 'uverbs' });
    const [device] = (await backend.describe()).devices;
    const played = await play({ backend, abi, device: device?.name ?? '', path: device?.path ?? '' }, calls);
    for (const { word, there, here } of played) if (there !== here) all.add(`${word}: ${there}, here ${here}`);
  }
  expect([...all].toSorted()).toEqual(Object.keys(DIFFERENT).toSorted());
});
