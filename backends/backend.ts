/**
 * The narrow waist: every implementation is driven as a kernel is, by processes, file descriptors and bytes.
 * What a device answers is an `Answer`; a `BackendError` is never a device's answer.
 */
import type { DriverIdentity, RegisteredAttribute, RegisteredName, RegisteredRow } from './registered.ts';
import type { Patch, Region, Value } from '../spec/abi/abi.ts';
import type { AbiId } from '../spec/model.ts';

/** What a device answers: a value, or an errno by number. */
export type Answer<T = number> =
  { readonly ok: true; readonly value: T } | { readonly ok: false; readonly errno: number };

export type BackendErrorKind = 'crash' | 'hang' | 'protocol' | 'config' | 'resource';

export class BackendError extends Error {
  readonly kind: BackendErrorKind;
  constructor(kind: BackendErrorKind, message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = 'BackendError';
    this.kind = kind;
  }
}

export interface IoctlCall {
  readonly fd: number;
  /** The ioctl number, unsigned 32 bit. */
  readonly request: number;
  /** Region 0, offset 0 is the ioctl's argument; no regions = a null pointer. */
  readonly regions: readonly Region[];
  readonly patches: readonly Patch[];
}

/** What write sends: the bytes of region 0; the other regions are memory they point to. */
export interface WriteCall {
  readonly fd: number;
  readonly regions: readonly Region[];
  readonly patches: readonly Patch[];
  /** Where the bytes are cut in two, which makes it a writev of two pieces. */
  readonly cut?: number;
}

/** How a file is opened: numbers of asm-generic. */
export const O_RDONLY = 0;
export const O_WRONLY = 1;
export const O_RDWR = 2;

/** Bits of poll, in both directions; numbers of asm-generic. */
export const POLL = { IN: 1, OUT: 4, ERR: 8, HUP: 16, NVAL: 32 } as const;

/** Flags that fcntl reads and sets: of the descriptor, and of the open file behind it. */
export const FD_CLOEXEC = 1;
export const O_NONBLOCK = 0x800;

export type FcntlCommand = 'F_GETFD' | 'F_SETFD' | 'F_GETFL' | 'F_SETFL';

export interface PollEntry {
  readonly fd: number;
  /** Bits of POLL asked about; ERR, HUP and NVAL are always told. */
  readonly events: number;
}

/** A process as a kernel sees it. Calls may be in flight together; each promise settles when its call returns. */
export interface Process {
  readonly pid: number;
  /** `flags`: O_RDWR where absent; the descriptor is close-on-exec in any case. */
  open(path: string, flags?: number): Promise<Answer>;
  ioctl(call: IoctlCall): Promise<Answer>;
  /** At most `length` bytes; waits where there is nothing yet, unless the file is O_NONBLOCK. */
  read(fd: number, length: number): Promise<Answer<Uint8Array>>;
  write(call: WriteCall): Promise<Answer>;
  /** What is ready, by entry. `wait`: not before something is; else at once. */
  poll(entries: readonly PollEntry[], wait: boolean): Promise<Answer<readonly number[]>>;
  fcntl(fd: number, command: FcntlCommand, argument?: number): Promise<Answer>;
  /** The address of `length` new bytes: of the device behind `fd` at `offset`, or of ordinary memory where `fd` is -1. */
  map(fd: number, length: number, offset?: number): Promise<Answer<bigint>>;
  unmap(address: bigint, length: number): Promise<Answer>;
  /** EFAULT where the process has no such memory; a fault is an answer. Widths of 1, 2, 4 and 8 bytes are one access. */
  load(address: bigint, length: number): Promise<Answer<Uint8Array>>;
  store(address: bigint, bytes: Uint8Array): Promise<Answer>;
  close(fd: number): Promise<Answer>;
  /** A child with the same open files and a copy of the memory. */
  fork(): Promise<Process>;
  /** Passes an open file to another process; the number it has there. */
  sendFd(fd: number, to: Process): Promise<Answer>;
  /** Ends the process: its descriptors are closed. */
  exit(): Promise<void>;
}

/** What no ABI call can do. A closed union; `spec/schemas/control.schema.json` is its schema. */
export type Control =
  /** The device moves a queue pair to a state by itself, whatever its type. */
  | { readonly action: 'force_state'; readonly device: string; readonly qpn: number; readonly state: string }
  /** The device goes away; settles when it is gone, which is after every call that was running has returned. */
  | { readonly action: 'remove'; readonly device: string }
  /** A removed device comes back, with nothing on it. */
  | { readonly action: 'plug'; readonly device: string }
  /** The device reports an event: of an object, of a port, or of itself where `about` is absent. */
  | { readonly action: 'raise_event'; readonly device: string; readonly event: string; readonly about?: About }
  | { readonly action: 'set_port'; readonly device: string; readonly port: number; readonly state: string }
  /**
   * The next call of a method stops: `admitted`, after the core has let it in and before it does anything;
   * `hardware`: every command it sends to the device remains unanswered.
   */
  | {
      readonly action: 'stall';
      readonly device: string;
      readonly object: string;
      readonly method: string;
      readonly point: 'admitted' | 'hardware';
    }
  /** Everything that is stalled goes on. The report says how many calls were (`released`). */
  | { readonly action: 'release'; readonly device: string }
  /** The driver fails the next call of a method with this errno. */
  | {
      readonly action: 'fail';
      readonly device: string;
      readonly object: string;
      readonly method: string;
      readonly errno: string;
    }
  /**
   * A call by a consumer inside the kernel, in a context that may sleep or in an atomic one: create and destroy of `pd`, `ah`, `cq`
   * and `qp` (`variant` RC), modify and query of `qp`, and of `mr` destroy and `alloc`, which makes one for registration by work
   * requests, of `max_num_sg` pages. All but those on `ah` in a context that may sleep alone. Values are numbers, handles those of
   * the consumer's own objects. Reports `errno` (0 for success), `handle`, `violations` (how often the driver slept where it must
   * not), `microseconds` spent, and how many commands of the call the device left `unanswered`; and by their names the numbers
   * that a call answers: `cqe`, `qpn`, `state`, `lkey`, `rkey`. A domain that something uses is not given back: EBUSY.
   */
  | {
      readonly action: 'kernel_call';
      readonly device: string;
      readonly atomic: boolean;
      readonly sleepable: boolean;
      readonly object: string;
      readonly variant?: string;
      readonly method: string;
      readonly on?: number;
      readonly attributes: Readonly<Record<string, Value>>;
    }
  /**
   * A driver registers a device of this name: its rows are laid over the common operations the first device has.
   * Reports the `bytes` of the dispatch table.
   */
  | {
      readonly action: 'register_driver';
      readonly device: string;
      readonly rows: readonly RegisteredRow[];
      /** Who the driver says it is; one that says nothing is called `registered`, of version 0. */
      readonly driver?: DriverIdentity;
      /** Names of what the rows add. */
      readonly names?: readonly RegisteredName[];
    };

export type { DriverIdentity, RegisteredAttribute, RegisteredName, RegisteredRow };

/** What an event is about, as a process names it. */
export type About =
  | { readonly port: number }
  | { readonly pid: number; readonly fd: number; readonly object: string; readonly handle: number };

export type ControlAction = Control['action'];

/** What a control has to say when it succeeded. */
export type Report = Readonly<Record<string, number>>;

/** A path that leads from a port of the device somewhere real, by default back to the port itself. */
export interface PathDescription {
  readonly port: number;
  readonly sgid_index: number;
  /** 16 bytes as 32 hex digits. */
  readonly dgid: string;
  /** Of InfiniBand ports. */
  readonly dlid?: number;
}

export interface DeviceDescription {
  readonly name: string;
  readonly path: string;
}

/** What an implementation says of itself. It claims no verbs: those are discovered through the ABI. */
export interface Description {
  readonly implementation: string;
  readonly version: string;
  readonly abi: AbiId;
  readonly model: string;
  readonly devices: readonly DeviceDescription[];
  /** The system-wide node, opened as a device is; absent where there is none. It is no device: controls are not about it. */
  readonly system?: DeviceDescription;
  readonly controls: readonly ControlAction[];
  /** True where `process({privileged: false})` gives a process without CAP_NET_RAW. */
  readonly unprivileged: boolean;
  /** The kernel's release as `uname -r` has it; absent where there is no kernel. Clauses with `since` and `until` ask for it. */
  readonly kernel?: string;
  /** The driver's name in `spec/abi/uverbs/driver_data.yaml`: what it wants beside the core's part of a message. */
  readonly driver?: string;
  /** What sort of node the device is, in the word of its `node_type` in sysfs: an `RNIC` speaks iWARP, which no message tells. */
  readonly node?: string;
  /** Where paths of the first device can lead; the examples of the tables serve where there is none for a port. */
  readonly paths?: readonly PathDescription[];
  /** The methods, as `qp.create`, that the controls stall and fail can act on; absent: all. In a kernel those that reach the driver. */
  readonly operations?: readonly string[];
  /** Controls that patch an operation of the driver: what a scenario finds that needs one decides clauses of the core alone. */
  readonly patched?: readonly ControlAction[];
  /** Milliseconds after which a call that has not returned is waiting for something; 0: calls that do not wait return at once. */
  readonly patience: number;
  /** True where nothing of anybody's can be harmed, as in a guest that is thrown away: scenarios of every hazard may run. */
  readonly expendable?: boolean;
  /** True for implementations of this project, whose results are a design study. */
  readonly study: boolean;
}

/** What `reset` found left behind. */
export interface ResetReport {
  /** Object name -> how many more than at the start. */
  readonly leaked: Readonly<Record<string, number>>;
  /** Faults of its own that the implementation reported since the last reset, in its words, bounded; absent where it cannot be heard. */
  readonly complaints?: readonly string[];
}

export interface Backend {
  describe(): Promise<Description>;
  process(options?: { readonly privileged?: boolean }): Promise<Process>;
  control(control: Control): Promise<Answer<Report>>;
  /** What comes next is done for the scenario of this id: the other side can put it into its log. */
  begin?(scenario: string): Promise<void>;
  /**
   * Resolves when every call made before has returned or is waiting; of use where patience is 0.
   * A backend without it answers before the tasks have run that are queued at the time of the call.
   */
  settle?(): Promise<void>;
  /** Has a deadline of its own: it may have to end what hangs, or to start a machine anew. */
  reset(): Promise<ResetReport>;
  close(): Promise<void>;
}
