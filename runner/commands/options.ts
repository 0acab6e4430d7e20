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
/** Which models of a backend. */
export const MODELS: readonly OptionRow[] = [
  { flags: '--model <name>', meaning: 'the model to test; without it each in turn (see `list models`)' },
  { flags: '--kernel <series>', meaning: 'of linux-vm: only models with this kernel, such as 6.1' },
  { flags: '--driver <name>', meaning: 'of linux-vm: only models with this driver, such as rxe' },
];
