/** What the tables do not name in one recorded call: a message must say by itself what it is. */
import type { Abi, Decoded } from '../../spec/abi/abi.ts';
import type { TraceLine } from '../../spec/verdict/evidence.ts';
import { bytesOf } from '../views/calls.ts';

/** How decoders call what no table has. */
const NAMELESS = /\?|\b(?:class|object|method|attribute|command) (?:0x)?[0-9a-f]+\b|^write\(0x/;
/** A write has no request number. */
const NO_REQUEST = 0;

/** In words; empty where everything has a name, and for calls that carry no message. */
export function unknownIn({ call, request, sent = [], patches = [] }: TraceLine, abi: Abi): readonly string[] {
  const [message] = sent;
  if (message === undefined || (call !== 'ioctl' && call !== 'write')) return [];
  const number = call === 'write' ? NO_REQUEST : Number(request);
  const unknown = inMessage(abi.decode(number, bytesOf(message)));
  if (unknown.length > 0 || abi.names === undefined) return unknown;
  // What the message points to must have a form as well.
  const memory = {
    regions: sent.map(bytesOf),
    patches: patches.map(([into, offset, region, target]) => ({ into, offset, region, target })),
  };
  const named = call === 'write' ? abi.names.write(memory) : abi.names.ioctl(number, memory);
  return named === undefined ? ['what it points to'] : [];
}

function inMessage({ name, attributes, problem }: Decoded): string[] {
  const names = [name, ...attributes.map((one) => one.name)].filter((one) => NAMELESS.test(one));
  return problem === undefined ? names : [...names, problem.message];
}
