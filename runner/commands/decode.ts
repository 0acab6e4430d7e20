/** `decode`: bytes to words, from the tables alone. */
import { existsSync, readFileSync } from 'node:fs';
import { abiOf } from '../../spec/abi/registry.ts';
import type { AbiId } from '../../spec/model.ts';
import { UsageError } from '../failure.ts';
import { ROOT, compiledSpec } from '../project.ts';
import { readText } from '../result/text_file.ts';
import { parseHex, parseTrace } from '../run/trace_input.ts';
import { bytesOf, messageText, traceText } from '../views/calls.ts';
import type { Invocation } from './table.ts';

export async function execute({ args, options }: Invocation): Promise<number> {
  const [input = '-'] = args.map(String);
  const spec = compiledSpec(ROOT);
  const { text, name } = inputText(input);
  const traces = /^\s*\{/.test(text) ? await parseTrace(text, name, ROOT) : undefined;
  if (traces !== undefined) {
    for (const { title, abi = options.abi as AbiId, lines } of traces) {
      if (title !== undefined) process.stdout.write(`${title}\n`);
      process.stdout.write(`${traceText(lines, abiOf(spec, abi))}\n`);
    }
    return 0;
  }
  const hex = parseHex(text, name);
  const decoded = abiOf(spec, options.abi as AbiId).decode(
    requestOf(options.request as string | undefined),
    bytesOf(hex),
  );
  if (decoded.header.length > 0) process.stdout.write(`${messageText(decoded)}\n`);
  if (decoded.problem === undefined) return 0;
  const { offset, message } = decoded.problem;
  throw new UsageError(`${name}: byte ${String(offset)}: ${message}`);
}

/** Hex on the command line, unless a file has that name. */
function inputText(input: string): { readonly text: string; readonly name: string } {
  if (input === '-') return { text: readFileSync(0, 'utf8'), name: 'standard input' };
  if (existsSync(input)) return { text: readText(input), name: input };
  if (/^[0-9a-f\s]{2,}/i.test(input)) return { text: input, name: 'message' };
  throw new UsageError(`${input}: neither a file nor hex digits`);
}

function requestOf(given: string | undefined): number {
  if (given === undefined) {
    throw new UsageError('--request: a message in hex needs the number of its ioctl, such as --request 0xc0081b00');
  }
  const number = Number(given);
  if (Number.isInteger(number) && number >= 0 && number <= 0xffffffff) return number;
  throw new UsageError(`--request ${given}: not a 32-bit number`);
}
