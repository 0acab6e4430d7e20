/**
 * Where a run keeps what cannot travel through cucumber's world parameters (they are cloned per scenario).
 * The runner opens a session and passes its id; the World looks it up. Both must load this file from one real path.
 */
import type { Abi } from '../spec/abi/abi.ts';
import type { Spec } from '../spec/model.ts';
import type { Backend, Description } from './backend.ts';

export interface SessionOptions {
  readonly seed: number;
  /** Milliseconds after which a call that has not answered is a hang. */
  readonly deadline: number;
  /** What is attached: `failed`: call and trace where a check failed or something errored; `calls`: also the call of each check; `all`: every trace too. */
  readonly trace: 'failed' | 'calls' | 'all';
}

export interface Session {
  readonly spec: Spec;
  readonly abi: Abi;
  readonly backend: Backend;
  readonly description: Description;
  /** What the device offers, as discovered through the ABI, plus the controls: the words of `@needs:`. */
  readonly capabilities: ReadonlySet<string>;
  readonly options: SessionOptions;
}

const sessions = new Map<string, Session>();

export function openSession(id: string, session: Session): void {
  if (sessions.has(id)) throw new Error(`session ${id} is open already`);
  sessions.set(id, session);
}

export function sessionOf(id: string): Session {
  const session = sessions.get(id);
  if (session === undefined) throw new Error(`no session ${id}: runner and steps were loaded from two places`);
  return session;
}

export function closeSession(id: string): void {
  sessions.delete(id);
}
