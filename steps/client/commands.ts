/** Write commands that the device serves, each with a sound call, and the ways in which its frame or its message is altered. */
import type { Call } from '../../spec/abi/abi.ts';
import type { Sizes, WriteCommand } from '../../spec/abi/native.ts';
import type { Context } from './client.ts';
import { carry, nativeOf, writeBytes } from './native.ts';
import type { Result } from './result.ts';
import { specimenCall, specimensOf, type Specimen } from './specimens.ts';

const NOTHING = new Uint8Array(0);

export interface CommandSpecimen {
  readonly command: WriteCommand;
  readonly specimen: Specimen;
  /** False where a sound call is not supported: then its frame is that of no command. */
  readonly served: boolean;
}

/** Of each command that does a neutral call the device serves, the first kind of object whose call it can say. */
export async function commandsOf(context: Context): Promise<CommandSpecimen[]> {
  const specimens = specimensOf(context);
  const found: CommandSpecimen[] = [];
  for (const command of nativeOf(context).commands) {
    const { does } = command;
    for (const specimen of specimens) {
      if (does === undefined || specimen.object !== does.object || specimen.method !== does.method) continue;
      const call = await specimenCall(context, specimen);
      if (!Object.keys(call.attributes).every((name) => command.takes.has(name))) continue;
      const { answer } = await carry(context, command.name, call);
      found.push({ command, specimen, served: answer !== 'EOPNOTSUPP' });
      break;
    }
  }
  return found;
}

/** By write, or inside the message that can carry any command. */
export type Path = 'write' | 'invoke';

/** A change of the lengths of a sound call. */
export interface Alteration extends Sizes {
  readonly name: string;
  /** The object that the call names is none. */
  readonly stranger?: boolean;
}

export const SOUND: Alteration = { name: 'sound' };
/** A handle that names nothing. */
const STRANGER = 0x00fffff0;
/** What room is filled with before a call, so that one sees what was written. */
export const FILLED = 0xff;

export interface SentCommand {
  readonly call: Call;
  readonly result: Result;
  /** The room for the response, as the call left it. */
  readonly room: Uint8Array;
}

/** What lengths are counted in: a word of the frame. */
export function wordOf({ extended }: WriteCommand): number {
  return extended ? 8 : 4;
}

/** Sends a sound call altered in one way. */
export async function send(
  context: Context,
  { command, specimen }: CommandSpecimen,
  path: Path,
  { stranger, ...sizes }: Alteration = SOUND,
): Promise<SentCommand> {
  const sound = await specimenCall(context, specimen);
  const call = stranger === true ? { ...sound, on: STRANGER } : sound;
  const native = nativeOf(context);
  const draft = native.resized(native.command(command.name, call), { ...sizes, fill: FILLED });
  if (path === 'invoke') {
    const result = await carry(context, command.name, call, draft);
    return { call, result, room: native.outputs('device', 'invoke_write', result.encoded)['CORE_OUT'] ?? NOTHING };
  }
  const written = native.written(native.frame(command.name, draft));
  written.regions[1]?.bytes.fill(FILLED);
  const result = await writeBytes(context, written, command.name, call);
  return { call, result, room: written.regions[1]?.bytes ?? NOTHING };
}
