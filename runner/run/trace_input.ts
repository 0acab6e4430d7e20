/** Reads what `decode` is given: hex digits, a trace of one call per line, or a result document with its traces. */
import type { AbiId } from '../../spec/model.ts';
import type { TraceLine } from '../../spec/verdict/evidence.ts';
import { UsageError } from '../failure.ts';
import { RESULT_FORMAT, type ResultDocument } from '../result/document.ts';
import { asDocument } from '../result/read.ts';
import { validatorOf } from '../result/schemas.ts';
import { parseJson } from '../result/text_file.ts';
import { plain } from '../views/plain.ts';

export interface TraceInput {
  /** The scenario it is from, where the input says so. */
  readonly title?: string;
  /** The ABI of its messages, where the input says so. */
  readonly abi?: AbiId;
  readonly lines: readonly TraceLine[];
}

/** The digits without white space; the first character that is none, or a half byte, is located. */
export function parseHex(text: string, name: string): string {
  const wrong = /[^0-9a-fA-F\s]/.exec(text);
  if (wrong !== null) {
    const before = text.slice(0, wrong.index).split('\n');
    const place = `${String(before.length)}:${String((before.at(-1)?.length ?? 0) + 1)}`;
    throw new UsageError(`${name}:${place}: ${JSON.stringify(wrong[0])} is not a hex digit`);
  }
  const digits = text.replace(/\s+/g, '').toLowerCase();
  if (digits.length % 2 === 0 && digits !== '') return digits;
  const byte = String(Math.floor(digits.length / 2));
  throw new UsageError(digits === '' ? `${name}: is empty` : `${name}: byte ${byte}: one hex digit is missing`);
}

export async function parseTrace(text: string, name: string, root: string): Promise<TraceInput[]> {
  if (text.includes(RESULT_FORMAT)) return tracesOf(await asDocument(parseJson(text, name), name, root), name);
  const validate = await validatorOf(root, 'trace');
  const lines: TraceLine[] = [];
  for (const [index, line] of text.split('\n').entries()) {
    if (line.trim() === '') continue;
    const value = parseJson(line, name, index + 1);
    const problem = validate(value);
    if (problem !== undefined)
      throw new UsageError(`${name}:${String(index + 1)}:1: not a line of a trace: ${problem}`);
    lines.push(value as TraceLine);
  }
  return [{ lines }];
}

function tracesOf({ traces, subject }: ResultDocument, name: string): TraceInput[] {
  const all = Object.entries(traces);
  if (all.length === 0)
    throw new UsageError(`${name}: has no traces; \`run --trace all\` keeps those of every scenario`);
  return all.map(([scenario, lines]) => ({ title: plain(scenario), abi: subject.abi, lines }));
}
