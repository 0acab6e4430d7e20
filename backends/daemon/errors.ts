/** JSON-RPC error codes: those of the standard, and one for each kind of BackendError. */
import type { BackendErrorKind } from '../backend.ts';

export const CODE = {
  parse: -32700,
  request: -32600,
  method: -32601,
  params: -32602,
  crash: -32001,
  hang: -32002,
  protocol: -32003,
  config: -32004,
  resource: -32005,
  tooLarge: -32006,
} as const;

const KINDS: ReadonlyMap<number, BackendErrorKind> = new Map([
  [CODE.crash, 'crash'],
  [CODE.hang, 'hang'],
  [CODE.config, 'config'],
  [CODE.resource, 'resource'],
  [CODE.tooLarge, 'resource'],
]);

/** What an error of the other side is to the run; a message it could not take is a fault of the protocol. */
export function kindOf(code: number): BackendErrorKind {
  return KINDS.get(code) ?? 'protocol';
}

/** A request that is refused, with its JSON-RPC code. */
export class Refusal extends Error {
  readonly code: number;
  constructor(code: number, message: string) {
    super(message);
    this.name = 'Refusal';
    this.code = code;
  }
}
