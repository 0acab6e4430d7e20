/** Calls in the manner of strace: names from the tables alone, never from what a device claims. */
import type { Abi, Decoded, DecodedItem } from '../../spec/abi/abi.ts';
import type { SentCall } from '../../spec/verdict/check.ts';
import type { TraceLine } from '../../spec/verdict/evidence.ts';
import { plain } from './plain.ts';

export function bytesOf(hex: string): Uint8Array {
  return Uint8Array.from(Buffer.from(hex, 'hex'));
}

/** `qp.modify {length=40, class_id=RC(16), object_id=3} state=INIT, port=1`, with the first misfit at its end. */
export function messageText({ name, header, attributes, problem }: Decoded): string {
  const parts = [`${name} {${header.map(itemText).join(', ')}}`];
  if (attributes.length > 0) parts.push(attributes.map(itemText).join(', '));
  if (problem !== undefined) parts.push(`<byte ${String(problem.offset)}: ${problem.message}>`);
  return plain(parts.join(' '));
}

/** Room for an output is shown by its name alone until it was written; that a written output was one goes without saying. */
function itemText({ name, value, notes }: DecodedItem): string {
  const written = notes.includes('written');
  if (notes.some((note) => note.startsWith('output')) && !notes.includes('input') && !written) return `${name}=?`;
  const rest = notes.filter(
    (note) =>
      !note.startsWith('output') && note !== 'input' && !(written && (note === 'written' || note === 'optional')),
  );
  return `${name}=${value}${rest.length === 0 ? '' : ` [${rest.join(', ')}]`}`;
}

/** The one call a check is about. */
export function sentCallText(call: SentCall, abi: Abi): string {
  return `${messageText(abi.decode(call.request, bytesOf(call.sent)))} = ${answerText(call.answer)}`;
}

/** One line per call; an ioctl shows what it sent, its answer, and what the reply changed. */
export function traceText(lines: readonly TraceLine[], abi: Abi): string {
  const width = String(lines.at(-1)?.n ?? 0).length;
  return lines.map((line) => `${String(line.n).padStart(width)}  ${traceLineText(line, abi)}`).join('\n');
}

export function traceLineText(line: TraceLine, abi: Abi): string {
  const fd = line.fd === undefined ? '' : String(line.fd);
  const detail = plain(line.detail ?? '');
  const what = line.call === 'ioctl' ? `ioctl(${fd}, ${ioctlText(line, abi)})` : `${line.call}(${fd}${detail})`;
  return `[${String(line.pid)}] ${what} = ${answerText(line.answer)}${changeText(line, abi)}`;
}

function ioctlText({ request = '?', sent = [] }: TraceLine, abi: Abi): string {
  const [message, ...rest] = sent;
  if (message === undefined) return `${request}, NULL`;
  const more = rest.map((hex) => `, +${String(hex.length / 2)} bytes`).join('');
  return messageText(abi.decode(Number(request), bytesOf(message))) + more;
}

/** The items of the reply that differ from what was sent. */
function changeText({ request, sent, received }: TraceLine, abi: Abi): string {
  const [before, after] = [sent?.[0], received?.[0]];
  if (request === undefined || before === undefined || after === undefined || before === after) return '';
  const items = (hex: string): DecodedItem[] => {
    const { header, attributes } = abi.decode(Number(request), bytesOf(hex));
    return [...header, ...attributes];
  };
  const known = new Set(items(before).map((item) => `${String(item.offset)} ${itemText(item)}`));
  const changed = items(after).filter((item) => !known.has(`${String(item.offset)} ${itemText(item)}`));
  return changed.length === 0 ? '' : plain(` -> ${changed.map(itemText).join(', ')}`);
}

/** An errno is shown as the kernel returns it, with a minus sign. */
function answerText(answer: string): string {
  return plain(/^E[A-Z]/.test(answer) ? `-${answer}` : answer);
}
