/** What `uverbs` has beside the messages of neutral calls: write commands, and methods that stand for no call. */
import type { Spec } from '../../model.ts';
import type { Encoded } from '../abi.ts';
import type { Native, WriteCommand, Written } from '../native.ts';
import { commandWord } from './command.ts';
import { draftFor, draftOfCommand, type Draft, type DraftAttribute } from './draft.ts';
import { withDriverData, type DriverData } from './driver_data.ts';
import { encode } from './encode.ts';
import { commandForm } from './forms.ts';
import { frameOf, written } from './frame.ts';
import { DATA_AT, FLAGS_AT, FLAG_MANDATORY, FLAG_WRITTEN, INLINE_BYTES, attributeAt } from './layout.ts';
import { replyOf } from './reply.ts';
import { resized } from './resized.ts';
import type { Command, NativeAttribute, NativeMethod, UverbsTables } from './tables.ts';

export function nativeOf(spec: Spec, tables: UverbsTables, data: DriverData): Native<Draft> {
  const commandNamed = (name: string): Command => {
    const command = tables.commands.find((one) => one.name === name);
    if (command === undefined) throw new RangeError(`uverbs has no write command ${name}`);
    return command;
  };
  const methodNamed = (object: string, method: string): NativeMethod => {
    const found = tables.methods.find((one) => one.object === object && one.name === method);
    if (found === undefined) throw new RangeError(`uverbs has no method ${object}.${method}`);
    return found;
  };
  return {
    objects: Object.fromEntries(tables.objects.map(({ name, id }) => [name, id])),
    commands: tables.commands.filter(({ object }) => object !== undefined).map((one) => described(tables, one)),
    command(name, call) {
      const command = commandNamed(name);
      const draft = draftOfCommand(spec, tables, command, call);
      const drivers = command.opensContext ? 'context' : `${call.object}.${call.method}`;
      return withDriverData(data, drivers, tables.invoke, draft);
    },
    resized,
    frame: (name, draft) => frameOf(commandNamed(name), draft),
    written,
    answered(name, call, sent) {
      const command = commandNamed(name);
      const message = 'request' in sent ? sent : answeredAs(encode(draftOfCommand(spec, tables, command, call)), sent);
      return replyOf(spec, tables, call, message, commandForm(tables.invoke, command));
    },
    message(object, method, given) {
      const native = methodNamed(object, method);
      const attributes = native.attributes.flatMap((one) => {
        const value = given[one.name];
        return value === undefined ? [] : [attributeOf(one, value)];
      });
      return withDriverData(data, native.opensContext ? 'context' : '', native, draftFor(native, attributes));
    },
    outputs: (object, method, encoded) => outputsOf(methodNamed(object, method), encoded),
  };
}

function described(tables: UverbsTables, command: Command): WriteCommand {
  const [object = '', method = ''] = (command.serves ?? command.like ?? '').split('.');
  return {
    name: command.name,
    word: commandWord(command),
    extended: command.extended,
    does: object === '' || command.opensContext ? undefined : { object, method },
    takes: commandForm(tables.invoke, command).inputs,
    request: command.request.bytes,
    response: command.response.bytes,
    answersMore: command.answers !== undefined,
    followed: command.tail.length > 0 || command.work !== undefined,
    driverData: command.driverData !== undefined,
  };
}

/** The message of INVOKE_WRITE as it would be if the room of a write were its CORE_OUT. */
function answeredAs(message: Encoded, { regions }: Written): Encoded {
  const bytes = message.regions[0]?.bytes ?? new Uint8Array(0);
  const view = new DataView(bytes.buffer);
  const room = message.patches.find(({ offset }) => view.getUint16(offset - DATA_AT, true) === 1);
  if (room === undefined) return message;
  view.setUint16(room.offset - DATA_AT + FLAGS_AT, FLAG_MANDATORY | FLAG_WRITTEN, true);
  const answer = regions[1] ?? { bytes: new Uint8Array(0) };
  return { ...message, regions: message.regions.map((region, index) => (index === room.region ? answer : region)) };
}

function attributeOf(native: NativeAttribute, value: number | bigint | Uint8Array): DraftAttribute {
  const { id, required, open } = native;
  const form = native.form === 'out' ? 'out' : 'in';
  const rest = { reserved: 0, handle: 0, target: false, flags: FLAG_MANDATORY };
  const payload = typeof value === 'object' ? value : numberOf(native, BigInt(value));
  return { ...rest, name: native.name.toLowerCase(), id, form, required, payload, sized: !open };
}

function numberOf({ bytes }: NativeAttribute, value: bigint): Uint8Array {
  const all = new Uint8Array(INLINE_BYTES);
  new DataView(all.buffer).setBigUint64(0, value, true);
  return all.slice(0, bytes === 0 ? INLINE_BYTES : bytes);
}

function outputsOf(native: NativeMethod, { regions, patches }: Encoded): Readonly<Record<string, Uint8Array>> {
  const bytes = regions[0]?.bytes ?? new Uint8Array(0);
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const found: Record<string, Uint8Array> = {};
  for (let at = attributeAt(0); at < bytes.length; at += attributeAt(1) - attributeAt(0)) {
    const attribute = native.attributes.find(({ id }) => id === view.getUint16(at, true));
    const patch = patches.find(({ into, offset }) => into === 0 && offset === at + DATA_AT);
    if (attribute?.form !== 'out' || (view.getUint16(at + FLAGS_AT, true) & FLAG_WRITTEN) === 0) continue;
    found[attribute.name] = regions[patch?.region ?? -1]?.bytes ?? new Uint8Array(0);
  }
  return found;
}
