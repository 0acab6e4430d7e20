/** One call as a chapter shows it: eight bytes a line, beside each line what begins there, then the answer and what it changed. */
import type { Abi, DecodedItem } from '../../spec/abi/abi.ts';
import type { TraceLine } from '../../spec/verdict/evidence.ts';
import { bytesOf } from '../views/calls.ts';

const LINE = 8;
/** Where a column of words begins, behind the bytes. */
const WORDS = 3 * LINE + 4;
/** A write has no request number. */
const NO_REQUEST = 0;

/** Words that belong to one byte of the message or of memory it points to. */
interface Label {
  readonly at: number;
  readonly text: string;
  /** It is shown even where its bytes did not change: the value of an output that was written. */
  readonly always?: boolean;
}

/** How a page names a call that reads one record of a channel. */
const READ = /^read\((\w+)\)$/;

/** Whether `name` is how a page names this call: as it is decoded, or as a read of a channel. */
export function isNamed(name: string, line: TraceLine, abi: Abi): boolean {
  const channel = READ.exec(name)?.[1];
  if (channel !== undefined) return line.call === 'read' && line.answer === String(abi.recordBytes(channel));
  const [message] = line.sent ?? [];
  if (message === undefined || (line.call !== 'ioctl' && line.call !== 'write')) return false;
  return labelled(line, message, abi).name === name;
}

export function exampleText(name: string, line: TraceLine, abi: Abi): string {
  const channel = READ.exec(name)?.[1];
  return channel === undefined ? messageText(line, abi) : recordText(channel, line, abi);
}

function recordText(channel: string, { received: [bytes = ''] = [], answer }: TraceLine, abi: Abi): string {
  const { event, element, object } = abi.record(channel, bytesOf(bytes));
  const words = [`event ${event}`, ...(object === undefined ? [] : [`of a ${object}`]), `element ${String(element)}`];
  return [`read(${channel})`, ...linesOf(bytes, [{ at: 0, text: words.join(', ') }]), `= ${answer}`].join('\n');
}

function messageText(line: TraceLine, abi: Abi): string {
  const { call, request, sent = [], received = [], answer } = line;
  const [message = ''] = sent;
  const before = labelled(line, message, abi);
  const title = call === 'ioctl' ? `ioctl ${String(request)}, ${before.name}` : `${call}, ${before.name}`;
  const shown = [title, ...linesOf(message, before.labels)];
  for (const [index, hex] of sent.entries())
    if (index > 0) shown.push(`memory ${String(index)}`, ...linesOf(hex, pointers(line, index)));
  shown.push(`= ${answer}`);
  const after = labelled(line, received[0] ?? message, abi);
  for (const [index, hex] of received.entries()) {
    const was = sent[index] ?? '';
    if (hex === was) continue;
    const words = index === 0 ? after.labels : pointers(line, index);
    shown.push(index === 0 ? 'changed' : `changed in memory ${String(index)}`, ...linesOf(hex, words, was));
  }
  return shown.join('\n');
}

function labelled(line: TraceLine, hex: string, abi: Abi): { readonly name: string; readonly labels: Label[] } {
  const { name, header, attributes } = abi.decode(
    line.call === 'ioctl' ? Number(line.request) : NO_REQUEST,
    bytesOf(hex),
  );
  const addresses = new Set(pointers(line, 0).map(({ at }) => at));
  // The parts of a write have no headers.
  const parts =
    line.call === 'write' ? attributes.map(fieldLabel) : attributes.flatMap((item) => attributeLabels(item, addresses));
  const labels = [...header.map(fieldLabel), ...parts];
  return { name, labels: [...labels, ...pointers(line, 0)] };
}

function fieldLabel({ name, value, offset }: DecodedItem): Label {
  return { at: offset, text: `${name} ${value}` };
}

/** An attribute is named where its header is; its value stands beside its first byte. */
function attributeLabels({ name, value, offset, notes }: DecodedItem, addresses: ReadonlySet<number>): Label[] {
  const output = notes.some((note) => note.startsWith('output')) && !notes.includes('input');
  const written = notes.includes('written');
  const empty = output && !written;
  const optional = !written && notes.includes('optional') ? ['optional'] : [];
  const named = { at: offset, text: [name, ...optional, ...(empty ? ['room for the output'] : [])].join(', ') };
  return empty || addresses.has(offset + LINE) ? [named] : [named, { at: offset + LINE, text: value, always: written }];
}

function pointers({ patches = [] }: TraceLine, into: number): Label[] {
  return patches
    .filter(([region]) => region === into)
    .map(([, at, region, target]) => {
      const where = target === 0 ? '' : `, byte ${String(target)}`;
      return { at, text: `address of memory ${String(region)}${where}` };
    });
}

/** Lines of `hex` that differ from `was`, all of them where there is no `was`; a run of zeros that nothing names is three dots. */
function linesOf(hex: string, labels: readonly Label[], was?: string): string[] {
  const lines: string[] = [];
  let dotted = false;
  for (let at = 0; 2 * at < hex.length; at += LINE) {
    const part = (bytes: string): string => bytes.slice(2 * at, 2 * (at + LINE));
    const here = labels.filter((label) => label.at >= at && label.at < at + LINE);
    if (was !== undefined && part(was) === part(hex) && !here.some(({ always }) => always)) continue;
    const words = here.map(({ text }) => text);
    const silent = words.length === 0 && at > 0 && /^0+$/.test(part(hex));
    if (silent && dotted) continue;
    dotted = silent;
    const bytes = silent ? '...' : (part(hex).match(/../g) ?? []).join(' ');
    lines.push(`  ${bytes.padEnd(WORDS - 2)}${words.join(', ')}`.trimEnd());
  }
  return lines;
}
