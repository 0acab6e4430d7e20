/** What the server does for each method: adding one is adding a row. Parameters have been checked by their schema. */
import { setImmediate } from 'node:timers/promises';
import type { Patch, Region, Value } from '../../../spec/abi/abi.ts';
import type { Answer, Control } from '../../backend.ts';
import { CODE, Refusal } from '../errors.ts';
import { PROTOCOL, type Method, type Params, type Result, type WireRegion } from '../messages.ts';
import { addressText, answeredOf, attributesOf, bytesOf, changedText, hexOf } from '../wire.ts';
import { LIMITS, type Session } from './session.ts';

/** A result, or its JSON where it is made by hand. */
type Outcome<M extends Method> = Result<M> | string;
type Handlers = { readonly [M in Method]: (session: Session, params: Params<M>) => Promise<Outcome<M>> };

const NOTHING = {};

export const HANDLERS: Handlers = {
  hello: async (session, { protocol }) => {
    if (!protocol.includes(PROTOCOL))
      throw new Refusal(CODE.config, `the client speaks version ${protocol.join(', ')}, the agent ${String(PROTOCOL)}`);
    await session.open();
    return { protocol: PROTOCOL, agent: session.options.agent, limits: LIMITS };
  },
  describe: (session) => session.there.describe(),
  process: async (session, params) => {
    session.admit();
    return session.adopt(await session.there.process(params));
  },
  open: async (session, { process, path, flags }) => answeredOf(await session.process(process).open(path, flags)),
  ioctl: async (session, { process, fd, request, regions: sent, patches }) => {
    const regions = sent.map(regionOf);
    const call = { fd, request, regions, patches: patches.map(patchOf) };
    return written(await session.process(process).ioctl(call), regions, sent);
  },
  write: async (session, { process, fd, regions: sent, patches, cut }) => {
    const regions = sent.map(regionOf);
    const call = { fd, regions, patches: patches.map(patchOf), ...(cut === undefined ? {} : { cut }) };
    return written(await session.process(process).write(call), regions, sent);
  },
  read: async (session, { process, fd, length }) => bytes(await session.process(process).read(fd, bounded(length))),
  poll: async (session, { process, entries, wait }) => {
    const asked = entries.map(([fd, events]) => ({ fd, events }));
    return answeredOf(await session.process(process).poll(asked, wait));
  },
  fcntl: async (session, { process, fd, command, argument }) =>
    answeredOf(await session.process(process).fcntl(fd, command, argument)),
  map: async (session, { process, fd, length, offset }) => {
    const answer = await session.process(process).map(fd, length, offset);
    return answer.ok ? { value: addressText(answer.value) } : { errno: answer.errno };
  },
  unmap: async (session, { process, address, length }) =>
    answeredOf(await session.process(process).unmap(BigInt(address), length)),
  load: async (session, { process, address, length }) =>
    bytes(await session.process(process).load(BigInt(address), bounded(length))),
  store: async (session, { process, address, bytes: hex }) =>
    answeredOf(await session.process(process).store(BigInt(address), bytesOf(hex))),
  close: async (session, { process, fd }) => answeredOf(await session.process(process).close(fd)),
  fork: async (session, { process }) => {
    session.admit();
    return session.adopt(await session.process(process).fork());
  },
  sendFd: async (session, { process, fd, to }) =>
    answeredOf(await session.process(process).sendFd(fd, session.process(to))),
  exit: async (session, { process }) => {
    const ended = session.process(process);
    session.forget(process);
    await ended.exit();
    return NOTHING;
  },
  control: async (session, { control }) => answeredOf(await session.there.control(controlOf(control))),
  reset: (session) => {
    session.forget();
    return session.there.reset();
  },
  begin: async (session, { scenario }) => {
    await session.there.begin?.(scenario);
    return NOTHING;
  },
  ping: async (session) => {
    // What was called before and does not wait is answered first.
    await (session.backend?.settle?.() ?? setImmediate());
    return NOTHING;
  },
  bye: async (session) => {
    await session.close();
    return NOTHING;
  },
};

function regionOf({ bytes: hex, readOnly, guard }: WireRegion): Region {
  const region = { bytes: bytesOf(hex) };
  if (readOnly === undefined && guard === undefined) return region;
  return { ...region, ...(readOnly && { readOnly }), ...(guard && { guard }) };
}

function controlOf(control: Control): Control {
  if (control.action !== 'kernel_call') return control;
  return { ...control, attributes: attributesOf(control.attributes as Value) as typeof control.attributes };
}

function patchOf([into, offset, region, target]: readonly [number, number, number, number]): Patch {
  return { into, offset, region, target };
}

function written(answer: Answer, regions: readonly Region[], sent: readonly WireRegion[]): string {
  const first = answer.ok ? `"value":${String(answer.value)}` : `"errno":${String(answer.errno)}`;
  return `{${first}${changedText(regions, sent)}}`;
}

function bytes(answer: Answer<Uint8Array>): Result<'read'> {
  return answer.ok ? { value: hexOf(answer.value) } : { errno: answer.errno };
}

/** A length that memory is made for. */
function bounded(length: number): number {
  if (length <= LIMITS.bytes) return length;
  throw new Refusal(CODE.params, `params/length must be <= ${String(LIMITS.bytes)}`);
}
