/** What an ABI has beside neutral calls: methods by its own names, and commands that write takes. */
import type { Call, Encoded } from '../../spec/abi/abi.ts';
import type { Frame, Native, WriteCommand, Written } from '../../spec/abi/native.ts';
import type { Context } from './client.ts';
import { Result } from './result.ts';

/** A write has no request number. */
const NO_REQUEST = 0;

export function nativeOf({ client }: Context): Native<unknown> {
  const { abi } = client.session;
  if (abi.native === undefined)
    throw new Error(`${abi.id} has nothing beside neutral calls; limit the scenario by @abi:`);
  return abi.native;
}

/** Numbers and bytes of inputs, rooms of outputs, in the ABI's names. */
export type Given = Readonly<Record<string, number | bigint | Uint8Array>>;

export interface Asked {
  readonly result: Result;
  /** Outputs that were written. */
  readonly outputs: Readonly<Record<string, Uint8Array>>;
}

export async function ask(context: Context, object: string, method: string, given: Given): Promise<Asked> {
  const native = nativeOf(context);
  const encoded = context.client.session.abi.encode(native.message(object, method, given));
  const result = await context.send(encoded);
  return { result, outputs: native.outputs(object, method, result.encoded) };
}

export function commandNamed(context: Context, name: string): WriteCommand {
  const command = nativeOf(context).commands.find((one) => one.name === name);
  if (command === undefined) throw new RangeError(`there is no write command ${name}`);
  return command;
}

/** The frame of a call as a command. */
export function frameOf(context: Context, name: string, call: Call): Frame {
  const native = nativeOf(context);
  return native.frame(name, native.command(name, call));
}

/** What a frame answers; `call` says what it stands for. */
export function writeFrame(context: Context, name: string, call: Call, frame: Frame): Promise<Result> {
  return writeBytes(context, nativeOf(context).written(frame), name, call);
}

/** `cut`: where the bytes are cut in two pieces. */
export async function writeBytes(
  context: Context,
  written: Written & { readonly cut?: number },
  name: string,
  call: Call,
): Promise<Result> {
  const { client, process, fd } = context;
  const before = written.regions.map(({ bytes }) => Buffer.from(bytes));
  const answer = await client.ask(process.write({ fd, ...written }), `write ${name}`);
  const reader = { reply: () => nativeOf(context).answered(name, call, written) };
  const result = new Result(reader, process.pid, fd, { request: NO_REQUEST, ...written }, before, answer, call);
  client.recorder.stand(result);
  return result;
}

/** What a command answers inside the message that can carry any. */
export function carry(
  context: Context,
  name: string,
  call: Call,
  draft = nativeOf(context).command(name, call),
  change: (encoded: Encoded) => Encoded = (encoded) => encoded,
): Promise<Result> {
  const encoded = change(context.client.session.abi.encode(draft));
  return context.send(encoded, call, { reply: () => nativeOf(context).answered(name, call, encoded) });
}
