/** A command by write as the message of INVOKE_WRITE that carries the same, so that there is one way on from here. */
import type { Patch, Region } from '../../../../spec/abi/abi.ts';
import { tablesOf } from '../../../../spec/abi/uverbs/read_tables.ts';
import { DATA_AT, INLINE_BYTES, REQUEST, attributeAt } from '../../../../spec/abi/uverbs/layout.ts';
import type { Spec } from '../../../../spec/model.ts';
import type { Call } from '../../core/call.ts';
import type { Context } from '../../core/context.ts';
import { methodKey } from './bindings.ts';
import { Message } from './message.ts';
import type { Stretch, Written } from './written.ts';

/** The command itself, in WRITE_CMD. */
const WORD: Stretch = { region: -1, at: 0, bytes: INLINE_BYTES };

export function framedMessage(spec: Spec, call: Call, context: Context, written: Written): Message {
  const { invoke } = tablesOf(spec);
  const { inputs, outputs, bindings, word } = written;
  const parts = Object.entries({
    CORE_IN: inputs[0],
    CORE_OUT: outputs[0],
    WRITE_CMD: WORD,
    UHW_IN: inputs[1],
    UHW_OUT: outputs[1],
  }).filter(([, { bytes }]) => bytes > 0);
  const message = new Uint8Array(attributeAt(parts.length));
  const regions: readonly Region[] = [{ bytes: message }, ...written.regions];
  const patches: Patch[] = [];
  const made = new Message(call, context, bindings, REQUEST, regions, patches);
  made.framed = true;
  made.method = bindings.methods.get(methodKey(invoke.objectId, invoke.id));
  for (const [index, [name, { region, at, bytes }]] of parts.entries()) {
    const native = invoke.attributes.find((attribute) => attribute.name === name);
    const offset = attributeAt(index);
    if (region >= 0) patches.push({ into: 0, offset: offset + DATA_AT, region: region + 1, target: at });
    // What is short lies in the attribute itself.
    const source = native?.form === 'in' && bytes <= INLINE_BYTES ? written.regions[region]?.bytes : undefined;
    message.set(source?.subarray(at, at + bytes) ?? [], offset + DATA_AT);
    const rest = { flags: 0, reserved: 0, data: BigInt(word) };
    made.given.set(name, { native, at: offset, id: native?.id ?? 0, length: bytes, ...rest });
  }
  return made;
}
