/** Options that several commands have. */
import type { OptionRow } from './table.ts';

export const JSON_OPTION: OptionRow = { flags: '--json', meaning: 'write JSON instead of words' };
export const BACKEND: OptionRow = {
  flags: '--backend <id>',
  meaning: 'what to test (see `list backends`)',
  value: 'emulator',
};
export const DEADLINE: OptionRow = {
  flags: '--deadline <ms>',
  meaning: 'a call that has not answered by then is a hang',
  value: 5000,
  least: 1,
};
export const CONNECT: OptionRow = {
  flags: '--connect <agent>',
  meaning: 'test what an agent reaches: a command that is started (no shell), or unix:PATH of a socket',
  excludes: ['backend'],
};
export const VALIDATE: OptionRow = {
  flags: '--validate',
  meaning: 'check the messages to the agent too, not only those from it, and say which side is at fault',
};
export const SEED: OptionRow = { flags: '--seed <n>', meaning: 'seed of everything that varies', value: 1, least: 0 };
