/** Every message of the daemon protocol, as `spec/schemas/protocol` has it: parameters and result of each method. */
import type { Control, Description, FcntlCommand, Report, ResetReport } from '../backend.ts';

export const PROTOCOL = 1;

/** Bytes of a message that is taken, its line feed not counted. */
export const FRAME = 32 * 1024 * 1024;

/** What an agent takes: see `hello` in the schemas. */
export interface Limits {
  readonly frame: number;
  readonly batch: number;
  readonly inflight: number;
  readonly processes: number;
  readonly regions: number;
  readonly bytes: number;
}

/** What a device answers. */
export type Answered<T> = { readonly value: T } | { readonly errno: number };

export interface WireRegion {
  readonly bytes: string;
  readonly readOnly?: true;
  readonly guard?: true;
}

interface Memory {
  readonly regions: readonly WireRegion[];
  /** into, offset, region, target */
  readonly patches: readonly (readonly [number, number, number, number])[];
}

/** The regions that changed, by index. */
export interface Changed {
  readonly regions?: Readonly<Record<string, string>>;
}

type Nothing = Readonly<Record<string, never>>;

interface Of {
  readonly process: number;
}

interface OfFile extends Of {
  readonly fd: number;
}

interface Message<Params, Result> {
  readonly params: Params;
  readonly result: Result;
}

export interface Messages {
  hello: Message<
    { readonly protocol: readonly number[]; readonly client: string },
    { readonly protocol: number; readonly agent: string; readonly limits: Limits }
  >;
  describe: Message<Nothing, Description>;
  process: Message<{ readonly privileged: boolean }, Of>;
  open: Message<Of & { readonly path: string; readonly flags: number }, Answered<number>>;
  ioctl: Message<OfFile & Memory & { readonly request: number }, Answered<number> & Changed>;
  write: Message<OfFile & Memory & { readonly cut?: number }, Answered<number> & Changed>;
  read: Message<OfFile & { readonly length: number }, Answered<string>>;
  poll: Message<
    Of & { readonly entries: readonly (readonly [number, number])[]; readonly wait: boolean },
    Answered<readonly number[]>
  >;
  fcntl: Message<OfFile & { readonly command: FcntlCommand; readonly argument: number }, Answered<number>>;
  map: Message<OfFile & { readonly length: number; readonly offset: number }, Answered<string>>;
  unmap: Message<Of & { readonly address: string; readonly length: number }, Answered<number>>;
  load: Message<Of & { readonly address: string; readonly length: number }, Answered<string>>;
  store: Message<Of & { readonly address: string; readonly bytes: string }, Answered<number>>;
  close: Message<OfFile, Answered<number>>;
  fork: Message<Of, Of>;
  sendFd: Message<OfFile & { readonly to: number }, Answered<number>>;
  exit: Message<Of, Nothing>;
  control: Message<{ readonly control: Control }, Answered<Report>>;
  reset: Message<Nothing, ResetReport>;
  begin: Message<{ readonly scenario: string }, Nothing>;
  ping: Message<Nothing, Nothing>;
  bye: Message<Nothing, Nothing>;
}

export type Method = keyof Messages;
export type Params<M extends Method> = Messages[M]['params'];
export type Result<M extends Method> = Messages[M]['result'];

/** What answers a method: an agent that starts, the agent alone, the device (such a call may wait), or all that is to be cleared away. */
export type AnsweredBy = 'start' | 'agent' | 'device' | 'reset';

export const ANSWERED_BY: Readonly<Record<Method, AnsweredBy>> = {
  hello: 'start',
  describe: 'agent',
  process: 'agent',
  open: 'device',
  ioctl: 'device',
  write: 'device',
  read: 'device',
  poll: 'device',
  fcntl: 'device',
  map: 'device',
  unmap: 'device',
  load: 'device',
  store: 'device',
  close: 'device',
  fork: 'agent',
  sendFd: 'device',
  exit: 'device',
  control: 'device',
  reset: 'reset',
  begin: 'agent',
  ping: 'agent',
  bye: 'reset',
};

export const METHODS = Object.keys(ANSWERED_BY) as readonly Method[];

export function isMethod(name: string): name is Method {
  return Object.hasOwn(ANSWERED_BY, name);
}
