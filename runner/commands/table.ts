/** The commands there are: adding one is adding a file and a row. Each is loaded only when it is run. */
import { EMITTERS } from '../emit/emitters.ts';
import { VIEWS } from '../views/formats.ts';
import { CLONE_COMMANDS } from './clone_commands.ts';
import { BACKEND, CONNECT, DEADLINE, JSON_OPTION, MODELS, SEED, VALIDATE } from './options.ts';

/** What a command line said, as the parser understood it. */
export interface Invocation {
  /** One per argument of the row: text, a list for a repeated one, undefined where it was left out. */
  readonly args: readonly (string | readonly string[] | undefined)[];
  readonly options: Readonly<Record<string, unknown>>;
}

export interface CommandModule {
  /** Resolves to the exit code. */
  readonly execute: (invocation: Invocation) => Promise<number>;
}

export interface OptionRow {
  readonly flags: string;
  readonly meaning: string;
  readonly value?: string | number;
  readonly choices?: readonly string[];
  /** A whole number not below this. */
  readonly least?: number;
  /** Given once per value, so that what follows a value is no further one. */
  readonly repeated?: boolean;
  /** Options, as the parser names them, that mean the opposite. */
  readonly excludes?: readonly string[];
}

export interface Command {
  readonly name: string;
  readonly summary: string;
  readonly args: readonly { readonly syntax: string; readonly meaning: string; readonly choices?: readonly string[] }[];
  readonly options: readonly OptionRow[];
  readonly examples: readonly string[];
  readonly load: () => Promise<CommandModule>;
}

const VIEWS_TEXT = VIEWS.map(({ id }) => id).join(', ');

export const COMMANDS: readonly Command[] = [
  {
    name: 'run',
    summary: 'run the scenarios and write the verdicts',
    args: [],
    options: [
      BACKEND,
      CONNECT,
      VALIDATE,
      ...MODELS,
      { flags: '--clause <id...>', meaning: 'only scenarios that decide these clauses' },
      { flags: '--object <name...>', meaning: 'only scenarios of these objects or rule families' },
      { flags: '--tags <expression>', meaning: 'only scenarios whose tags satisfy this, such as "not @needs:qp-rc"' },
      { flags: '--name <prefix>', meaning: 'only scenarios whose id begins with this' },
      {
        flags: '--hazard <level>',
        meaning: 'also run scenarios that may disturb other users of the device',
        value: 'safe',
        choices: ['safe', 'disruptive', 'removes-device'],
      },
      SEED,
      DEADLINE,
      { flags: '--out <folder>', meaning: 'where journal and result go (default: results/BACKEND/MODEL)' },
      {
        flags: '--format <view=file>',
        meaning: `also write the result as one of ${VIEWS_TEXT}; {model} in the name is replaced; repeatable`,
        repeated: true,
      },
      { flags: '--resume', meaning: 'go on with the journal of a run that was cut off' },
      { flags: '--fail-fast', meaning: 'stop after the first scenario that fails or errors' },
      {
        flags: '--trace <which>',
        meaning: 'keep the calls of what failed; also the call of each check (calls); or every call (all)',
        value: 'failed',
        choices: ['failed', 'calls', 'all'],
      },
      { flags: '--strict', meaning: 'exit 1 also where a should is not met' },
      { flags: '--quiet', meaning: 'one line per model, and what is nonconformant' },
      JSON_OPTION,
    ],
    examples: [
      'run',
      'run --backend emulator-uverbs --model verbs --object qp',
      'run --backend linux-vm --kernel 6.1 --driver rxe',
      'run --connect "ssh root@host conformd --stdio --device uverbs0"',
    ],
    load: () => import('./run.ts'),
  },
  {
    name: 'list',
    summary: 'list what there is',
    args: [
      {
        syntax: '[what]',
        meaning: 'what to list',
        choices: ['scenarios', 'clauses', 'backends', 'models', 'profiles', 'defects'],
      },
    ],
    options: [JSON_OPTION],
    examples: ['list clauses'],
    load: () => import('./list.ts'),
  },
  {
    name: 'explain',
    summary: 'show a clause: its sentence, where it comes from, what decides it, the last verdict',
    args: [{ syntax: '<clause>', meaning: 'id of the clause' }],
    options: [
      { flags: '--result <file>', meaning: 'take the verdict from this result (default: the newest below results/)' },
      JSON_OPTION,
    ],
    examples: ['explain qp-modify-required'],
    load: () => import('./explain.ts'),
  },
  {
    name: 'replay',
    summary: 'run one scenario of a result again and show every call it makes, or write a failing check as a program',
    args: [
      { syntax: '<result>', meaning: 'result document, or the folder it is in; with --backend the id of the scenario' },
      { syntax: '[scenario]', meaning: 'id of the scenario' },
    ],
    options: [
      DEADLINE,
      CONNECT,
      VALIDATE,
      { flags: '--backend <id>', meaning: 'run the scenario on this, without a result (see `list backends`)' },
      { flags: '--model <name>', meaning: 'its model (default: the first)' },
      {
        flags: '--emit <language>',
        meaning: 'write the calls of a failing check as a program, from the trace in the result where it has one',
        choices: EMITTERS.map(({ id }) => id),
      },
      { flags: '--check <name>', meaning: 'the check to write (default: the first that failed)' },
      { flags: '-o, --output <file>', meaning: 'where the program goes (default: standard output)' },
    ],
    examples: [
      'replay results/emulator/verbs pd/lifecycle#a-protection-domain',
      'replay results/linux-vm/rxe qp/transitions#rc-in-reset-is-given-a-foreign-attribute --emit c -o check.c',
      'replay qp/transitions#rc-in-reset-is-given-a-foreign-attribute --backend emulator-uverbs',
    ],
    load: () => import('./replay.ts'),
  },
  {
    name: 'view',
    summary: 'write a result in a format that other tools read',
    args: [{ syntax: '<result>', meaning: 'result document, journal, or the folder it is in' }],
    options: [
      {
        flags: '--format <view[=file]>',
        meaning: `one of ${VIEWS_TEXT}; to standard output where no file is named; repeatable`,
        repeated: true,
      },
      { flags: '--strict', meaning: 'count a should that is not met as a failure' },
    ],
    examples: [
      'view results/emulator/verbs --format junit=junit.xml --format ctrf=ctrf.json',
      'view results/emulator/verbs --format ktap',
    ],
    load: () => import('./view.ts'),
  },
  {
    name: 'decode',
    summary: 'put bytes into words: a message in hex, a trace, or the traces of a result',
    args: [{ syntax: '[input]', meaning: 'hex digits, a file, or - for standard input' }],
    options: [
      { flags: '--abi <id>', meaning: 'ABI of the message', value: 'uapi', choices: ['uapi', 'uverbs'] },
      { flags: '--request <number>', meaning: 'number of the ioctl; needed for hex, a trace carries its own' },
    ],
    examples: ['decode 0800040000000000 --request 0xc0081b00', 'decode trace.ndjson --abi uverbs'],
    load: () => import('./decode.ts'),
  },
  {
    name: 'coverage',
    summary: 'show which clauses are decided, which are not testable and why, which nothing covers',
    args: [{ syntax: '[results...]', meaning: 'result documents or their folders (default: all below results/)' }],
    options: [
      { flags: '--provenance', meaning: 'every statement of the mails instead: what it became, and what is missing' },
      JSON_OPTION,
    ],
    examples: ['coverage results/emulator/verbs', 'coverage --provenance results/emulator/verbs'],
    load: () => import('./coverage.ts'),
  },
  {
    name: 'certify',
    summary: 'show whether a result carries the claim of a profile, and what is in the way',
    args: [
      { syntax: '<profile>', meaning: 'see `list profiles`' },
      { syntax: '<result>', meaning: 'result document, or the folder it is in' },
    ],
    options: [
      { flags: '--all', meaning: 'also name what is met, excused or not testable, clause by clause' },
      JSON_OPTION,
    ],
    examples: ['certify core results/linux-vm/rxe-6.12', 'certify ud-srd results/connect/uverbs0 --json'],
    load: () => import('./certify.ts'),
  },
  {
    name: 'diff',
    summary: 'compare two results: what regressed, what was mended, what can no longer be told',
    args: [
      { syntax: '<before>', meaning: 'result document, or the folder it is in' },
      { syntax: '<after>', meaning: 'the later one' },
    ],
    options: [
      { flags: '--strict', meaning: 'exit 1 also where a should is no longer met' },
      { flags: '--all', meaning: 'name every change, not only the first few of each kind' },
      JSON_OPTION,
    ],
    examples: ['diff results/emulator/verbs/result.previous.json results/emulator/verbs'],
    load: () => import('./diff.ts'),
  },
  {
    name: 'prove',
    summary: 'run the suite against implementations with one known defect each, which it must find',
    args: [],
    options: [
      { flags: '--defect <id...>', meaning: 'only these defects (see `list defects`)' },
      { flags: '--sample <n>', meaning: 'only this many, spread evenly over all', least: 1 },
      { flags: '--jobs <n>', meaning: 'processes that share the work (default: one per processor)', least: 1 },
      SEED,
      DEADLINE,
      { flags: '--out <file>', meaning: 'also write a proof document' },
      JSON_OPTION,
    ],
    examples: ['prove --sample 12', 'prove --out results/proof.json'],
    load: () => import('./prove.ts'),
  },
  {
    name: 'serve',
    summary: 'put a backend behind the daemon protocol, for one client at a time',
    args: [],
    options: [
      { ...BACKEND, meaning: 'what to serve (see `list backends`)' },
      { flags: '--model <name>', meaning: 'the model to play (default: the first of `list models`)' },
      SEED,
      { flags: '--stdio', meaning: 'on standard input and output, until the client goes', excludes: ['listen'] },
      { flags: '--listen <path>', meaning: 'on a unix socket that only its owner can use, one client after the other' },
      { flags: '--validate', meaning: 'check what is answered too, not only what is asked' },
    ],
    examples: ['serve --backend emulator-uverbs --stdio', 'serve --listen conform.sock'],
    load: () => import('./serve.ts'),
  },
  ...CLONE_COMMANDS,
];
