#!/usr/bin/env node
/** The command line. Only the table of commands and the parser are loaded before it is known what is to be done. */
import { Argument, Command, CommanderError, Option } from 'commander';
import { COMMANDS, type Command as Row, type Invocation } from './commands/table.ts';
import { RunError, UsageError } from './failure.ts';
import { ROOT, toolVersion } from './project.ts';

const NAME = 'rdma-conformance';

function programOf(settle: (code: number) => void): Command {
  const program = new Command(NAME)
    .description('An executable specification of the RDMA userspace ABI.')
    .version(toolVersion(ROOT))
    .helpCommand(false)
    .exitOverride()
    .configureOutput({
      outputError: (text, write) => {
        write(
          `${NAME}: ${text
            .trim()
            .replace(/^error: /, '')
            .replaceAll('\n', ' ')}; see \`${NAME} --help\`\n`,
        );
      },
    })
    .addHelpText(
      'after',
      `\nExample:\n  $ ${NAME} run\n\nExit codes: 0 conformant, 1 nonconformant, 2 usage, 3 undecided.`,
    );
  for (const row of COMMANDS) addCommand(program, row, settle);
  return program;
}

function addCommand(program: Command, row: Row, settle: (code: number) => void): void {
  const command = program
    .command(row.name)
    .summary(row.summary)
    .description(`${sentence(row.summary)}.`);
  for (const { syntax, meaning, choices } of row.args) {
    const argument = new Argument(syntax, meaning);
    command.addArgument(choices === undefined ? argument : argument.choices(choices));
  }
  for (const { flags, meaning, value, choices, least, repeated, excludes } of row.options) {
    const option = new Option(flags, meaning);
    if (value !== undefined) option.default(value);
    if (choices !== undefined) option.choices(choices);
    if (least !== undefined) option.argParser((text: string) => wholeNumber(flags, text, least));
    if (repeated === true) option.argParser((text: string, before?: readonly string[]) => [...(before ?? []), text]);
    if (excludes !== undefined) option.conflicts([...excludes]);
    command.addOption(option);
  }
  const examples = row.examples.map((example) => `  $ ${NAME} ${example}`);
  command.addHelpText('after', `\nExample${examples.length > 1 ? 's' : ''}:\n${examples.join('\n')}`);
  command.action(async () => {
    const { execute } = await row.load();
    settle(await execute({ args: command.processedArgs as Invocation['args'], options: command.opts() }));
  });
}

function sentence(text: string): string {
  return `${text.charAt(0).toUpperCase()}${text.slice(1)}`;
}

function wholeNumber(flags: string, text: string, least: number): number {
  const number = Number(text);
  if (/^\d+$/.test(text) && Number.isSafeInteger(number) && number >= least) return number;
  throw new UsageError(`${flags}: ${text} is not a whole number from ${String(least)}`);
}

/** Says what went wrong and gives the exit code. */
function report(thrown: unknown): number {
  if (thrown instanceof CommanderError) return thrown.exitCode === 0 ? 0 : 2;
  if (thrown instanceof UsageError) {
    for (const line of thrown.lines) process.stderr.write(`${NAME}: ${line}\n`);
    return 2;
  }
  const cause: unknown = thrown instanceof RunError ? thrown.cause : thrown;
  const text = cause instanceof Error ? (cause.stack ?? cause.message) : String(cause);
  process.stderr.write(`${NAME}: internal error: ${text}\n`);
  return thrown instanceof RunError ? 3 : 2;
}

let code: number | undefined;

// A reader that closed its end (`| head`) has what it wanted.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code !== 'EPIPE') throw error;
  process.exit(code ?? 0);
});

// A promise that nothing will ever settle ends the process as though all were well; it is not.
process.on('exit', () => {
  if (code !== undefined) return;
  process.stderr.write(`${NAME}: internal error: it waits for something that will never happen\n`);
  process.exitCode = 3;
});

try {
  await programOf((settled) => (code = settled)).parseAsync();
  code ??= 0;
} catch (thrown) {
  code = report(thrown);
}
process.exitCode = code;
