/** A part of the suite behind the daemon protocol; all of it is `npm run daemon`. */
import { expect, it } from 'vitest';
import { compared } from './behind_daemon.ts';

const SELECTION = ['pd', 'event_channels', 'hot_removal', 'descriptors', 'sharing'].flatMap((name) => [
  '--object',
  name,
]);

it.each(['emulator', 'emulator-uverbs'])('%s passes the same checks behind the daemon', { timeout: 300_000 }, (id) => {
  expect(compared(id, 'verbs', ...SELECTION)).toEqual([]);
});
