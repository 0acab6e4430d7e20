/**
 * The narrow waist: every implementation is driven as a kernel is, by processes, file descriptors and bytes.
 * What a device answers is an `Answer`; a `BackendError` is never a device's answer.
 */
import type { Patch, Region } from '../spec/abi/abi.ts';
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

export interface Process {
  readonly pid: number;
  open(path: string): Promise<Answer>;
  ioctl(call: IoctlCall): Promise<Answer>;
  close(fd: number): Promise<Answer>;
}

/** What no ABI call can do. A closed union; `spec/schemas/control.schema.json` is its schema. */
export type Control =
  /** The device behaves as though `count` send work requests of this queue pair were in flight. */
  | { readonly action: 'load_sends'; readonly device: string; readonly qpn: number; readonly count: number }
  /** The oldest send work request in flight completes with this status. */
  | { readonly action: 'complete_send'; readonly device: string; readonly qpn: number; readonly status: string }
  /** The device moves a queue pair to a state by itself, whatever its type. */
  | { readonly action: 'force_state'; readonly device: string; readonly qpn: number; readonly state: string }
  /** A driver registers a device of this name: its rows are laid over the common operations the first device has. Answers the bytes of the dispatch table. */
  | { readonly action: 'register_driver'; readonly device: string; readonly rows: readonly RegisteredRow[] };

/** What a driver says of one method of a class. */
export interface RegisteredRow {
  readonly classId: number;
  readonly method: number;
  /**
   * `keep` the common operation; take it away; `refuse` every call with `errno`; or `serve`: do what the common operation
   * does, or for what the driver adds make and end plain objects, and give back what came in each driver attribute.
   */
  readonly operation: 'keep' | 'unsupported' | 'refuse' | 'serve';
  readonly errno?: string;
  /** Attributes of the driver that its operation takes, each of 32 bits and optional. */
  readonly attributes?: readonly RegisteredAttribute[];
}

export interface RegisteredAttribute {
  readonly id: number;
  /** Class of the object that the attribute names by its handle. */
  readonly names?: number;
}

export type ControlAction = Control['action'];

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
  readonly controls: readonly ControlAction[];
  /** True where `process({privileged: false})` gives a process without CAP_NET_RAW. */
  readonly unprivileged: boolean;
  /** True for implementations of this project, whose results are a design study. */
  readonly study: boolean;
}

/** What `reset` found left behind: object name -> how many more than at the start. */
export interface ResetReport {
  readonly leaked: Readonly<Record<string, number>>;
}

export interface Backend {
  describe(): Promise<Description>;
  process(options?: { readonly privileged?: boolean }): Promise<Process>;
  control(control: Control): Promise<Answer>;
  reset(): Promise<ResetReport>;
  close(): Promise<void>;
}
