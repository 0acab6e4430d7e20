/** One call of a program in C: its memory, the values that go into it, the call, and what it gave out. */
import type { Abi } from '../../spec/abi/abi.ts';
import type { TraceLine } from '../../spec/verdict/evidence.ts';
import { bytesOf, traceLineText } from '../views/calls.ts';
import { argumentsOf, succeeded, type Binding, type BoundCall } from './bindings.ts';
import { byteRows, comment, literal } from './c_words.ts';

const RDMA_VERBS_IOCTL = 0xc0181b01;
const POINTER_BYTES = 8;

/** What of a call other parts of the program speak of. */
export interface CallContext {
  readonly abi: Abi;
  /** Values that later calls use. */
  readonly wanted: ReadonlySet<Binding>;
  /** Path by which the trace opened the device. */
  readonly path: string;
  /** Index of the judged call, which may answer anything. */
  readonly judged: number;
}

/** The variable that holds the memory of a call. */
export function memoryName({ line }: BoundCall): string {
  return `memory_${String(line.n)}`;
}

/** The variable that holds what a call answered. */
export function answerName({ line }: BoundCall): string {
  return `answer_${String(line.n)}`;
}

/** Regions of memory that a call needs. */
export function regionsOf({ line }: BoundCall): number {
  return line.call === 'read' ? 1 : (line.sent ?? []).length;
}

export function callLines(call: BoundCall, context: CallContext): readonly string[] {
  const { line, index, made } = call;
  const { abi, wanted, judged } = context;
  const n = String(line.n);
  const must = succeeded(line) && index !== judged;
  const [before, expression] = CALLS[line.call]?.(call, context) ?? [[], '0'];
  const answer = `told(${n}, ${literal(nameOf(call))}, ${expression})`;
  const result = must ? `needed(${n}, ${answer})` : answer;
  const whole = made.find(({ place, binding }) => place === undefined && wanted.has(binding));
  const lines = [...before];
  if (index === judged) lines.push(`\t\t${answerName(call)} = ${result};`);
  else if (whole?.binding.names === 'fd') lines.push(`\t\t${whole.binding.variable} = ${result};`);
  else lines.push(`\t\t${result};`);
  for (const { binding, place } of made) {
    if (place === undefined || !wanted.has(binding)) continue;
    const { region, offset, bytes } = place;
    lines.push(
      `\t\t${binding.variable} = get(${memoryName(call)}[${String(region)}] + ${String(offset)}, ${String(bytes)});`,
    );
  }
  return [...comment([`${n}: ${traceLineText(line, abi)}`], '\t'), '\t{', ...lines, '\t}', ''];
}

function nameOf({ line, named }: BoundCall): string {
  return named === undefined ? line.call : `${named.object}.${named.method}`;
}

/** Lines before the call, and the call as an expression. */
type Emitted = readonly [before: readonly string[], expression: string];

const CALLS: Readonly<Partial<Record<TraceLine['call'], (call: BoundCall, context: CallContext) => Emitted>>> = {
  open: ({ line }, { path }) => {
    const [opened = '', flags = 'O_RDWR'] = argumentsOf(line);
    return [[], `open(${opened === path ? 'device' : literal(opened)}, ${flags} | O_CLOEXEC)`];
  },
  ioctl: (call, context) => {
    const { line } = call;
    const request = Number(line.request);
    const number = request === RDMA_VERBS_IOCTL ? 'RDMA_VERBS_IOCTL' : `0x${request.toString(16)}UL`;
    const argument = regionsOf(call) === 0 ? 'NULL' : `${memoryName(call)}[0]`;
    return [memoryLines(call, context), `ioctl(${fdOf(call)}, ${number}, ${argument})`];
  },
  write: (call, context) => {
    const bytes = bytesOf(call.line.sent?.[0] ?? '').length;
    const [cut] = argumentsOf(call.line);
    if (cut !== undefined) {
      const at = Number(cut.split(' ').at(-1));
      const first = `{ ${memoryName(call)}[0], ${String(at)} }`;
      const second = `{ (char *)${memoryName(call)}[0] + ${String(at)}, ${String(bytes - at)} }`;
      return [memoryLines(call, context), `writev(${fdOf(call)}, (struct iovec[]){ ${first}, ${second} }, 2)`];
    }
    const argument = regionsOf(call) === 0 ? 'NULL, 0' : `${memoryName(call)}[0], ${String(bytes)}`;
    return [memoryLines(call, context), `write(${fdOf(call)}, ${argument})`];
  },
  read: (call) => {
    const [length = '0'] = argumentsOf(call.line);
    const waits = succeeded(call.line) ? [`\t\tawaited(${String(call.line.n)}, ${fdOf(call)});`] : [];
    return [
      [`\t\t${memoryName(call)}[0] = memory(NULL, 0, ${length}, 0);`, ...waits],
      `read(${fdOf(call)}, ${memoryName(call)}[0], ${length})`,
    ];
  },
  poll: (call) => {
    const [events = '0', wait] = argumentsOf(call.line);
    return [
      [`\t\tstruct pollfd entry = { .fd = ${fdOf(call)}, .events = ${events} };`, ''],
      `poll(&entry, 1, ${wait === undefined ? '5000' : '0'}) < 0 ? -1 : entry.revents`,
    ];
  },
  fcntl: (call) => [[], `fcntl(${[fdOf(call), ...argumentsOf(call.line)].join(', ')})`],
  map: (call) => {
    const { line, made } = call;
    const [length = '0', offset = '0'] = argumentsOf(line);
    const how = line.fd === -1 ? 'MAP_PRIVATE | MAP_ANONYMOUS' : 'MAP_SHARED';
    const mapped = `void *map = mmap(NULL, ${length}, PROT_READ | PROT_WRITE, ${how}, ${fdOf(call)}, ${offset});`;
    const kept = made.map(({ binding }) => `\t\t${binding.variable} = (uintptr_t)map;`);
    return [[`\t\t${mapped}`, '', ...kept], 'map == MAP_FAILED ? -1 : 0'];
  },
  close: (call) => [[], `close(${fdOf(call)})`],
};

function fdOf({ on, line }: BoundCall): string {
  return on?.variable ?? String(line.fd ?? -1);
}

/** Memory with the bytes of the trace, the addresses of its parts, and in place of numbers that calls gave out those they gave now. */
function memoryLines(call: BoundCall, { abi }: CallContext): readonly string[] {
  const { line, uses } = call;
  const { sent = [], patches = [], guarded = [], readOnly = [] } = line;
  const name = memoryName(call);
  const given: string[] = [];
  const made: string[] = [];
  const notes = rowsOf(call, abi);
  for (const [region, hex] of sent.entries()) {
    const bytes = bytesOf(hex);
    const kept = bytes.subarray(0, bytes.findLastIndex((byte) => byte !== 0) + 1);
    const array = `sent_${String(region)}`;
    const guard = guarded.includes(region) ? '1' : '0';
    if (kept.length > 0)
      given.push(
        `\t\tstatic const unsigned char ${array}[] = {`,
        ...byteRows(kept, region === 0 ? notes : new Map<number, string>(), '\t\t\t'),
        '\t\t};',
      );
    const from = kept.length > 0 ? `${array}, sizeof(${array})` : 'NULL, 0';
    made.push(`\t\t${name}[${String(region)}] = memory(${from}, ${String(bytes.length)}, ${guard});`);
  }
  for (const [into, offset, region, target] of patches) {
    const address = `(uintptr_t)${name}[${String(region)}]${target === 0 ? '' : ` + ${String(target)}`}`;
    made.push(`\t\tput(${name}[${String(into)}] + ${String(offset)}, ${address}, ${String(POINTER_BYTES)});`);
  }
  for (const { place, binding, plus } of uses) {
    const value = `${binding.variable}${plus === 0n ? '' : ` + ${String(plus)}`}`;
    made.push(`\t\tput(${name}[${String(place.region)}] + ${String(place.offset)}, ${value}, ${String(place.bytes)});`);
  }
  for (const region of readOnly) {
    const length = bytesOf(sent[region] ?? '').length;
    if (length > 0) made.push(`\t\tseal(${name}[${String(region)}], ${String(length)});`);
  }
  return given.length === 0 ? made : [...given, '', ...made];
}

/** What stands where in the message of an ioctl: its header and each attribute. */
function rowsOf({ line }: BoundCall, abi: Abi): ReadonlyMap<number, string> {
  if (line.call !== 'ioctl') return new Map();
  const { header, attributes } = abi.decode(Number(line.request), bytesOf(line.sent?.[0] ?? ''));
  const rows = new Map<number, string>();
  if (header.length > 0) rows.set(0, header.map(({ name }) => name).join(', '));
  for (const { name, value, offset } of attributes) rows.set(offset, `${name} = ${value}`);
  return rows;
}
