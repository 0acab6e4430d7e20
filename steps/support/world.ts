/** The World: client, named objects, last answer, checks, clause. Everything else a step needs it gets from these. */
import { World, setWorldConstructor, type IWorldOptions } from '@cucumber/cucumber';
import { sessionOf } from '../../backends/session.ts';
import type { Clause, Spec } from '../../spec/model.ts';
import type { Check } from '../../spec/verdict/check.ts';
import type { Evidence } from '../../spec/verdict/evidence.ts';
import { Client, type Context } from '../client/client.ts';
import { Result } from '../client/result.ts';
import { Refused, type Thing } from '../client/things.ts';

/** What a scenario calls the object that uses another one. */
export const USER = 'what uses it';

/** One call of a series, kept until the Then judges it. */
export interface Trial {
  readonly name: string;
  readonly result: Result;
  /** Clause whose errno a refusal must carry, where it is not the scenario's own. */
  readonly clause?: string;
  /** What was seen beside the answer: state before and after, objects left over. */
  readonly expected?: string;
  readonly got?: string;
}

/** What the last When left: one answer, or a series of trials. */
export type LastAnswer =
  | { readonly kind: 'none' }
  | { readonly kind: 'one'; readonly result: Result }
  | { readonly kind: 'series'; readonly trials: readonly Trial[] };

/** Thrown by a Given whose preparation was refused: the scenario cannot decide its clause. */
export class Blocked extends Error {
  constructor(clause: string) {
    super(`blocked by ${clause}`);
    this.name = 'Blocked';
  }
}

export class RdmaWorld extends World<{ session: string }> {
  readonly client: Client;
  readonly objects = new Map<string, Thing | Context>();
  answer: LastAnswer = { kind: 'none' };
  readonly checks: Evidence[] = [];
  /** True once a check failed or something errored: the trace is worth keeping. */
  troubled = false;
  #clause: Clause | undefined;

  constructor(options: IWorldOptions<{ session: string }>) {
    super(options);
    this.client = new Client(sessionOf(options.parameters.session));
  }

  get spec(): Spec {
    return this.client.session.spec;
  }

  get clause(): Clause {
    if (this.#clause === undefined) throw new Error('the scenario has no clause: its Rule has no tag');
    return this.#clause;
  }

  set clause(clause: Clause) {
    this.#clause = clause;
  }

  /** The object a scenario calls `name`. */
  thing(name: string): Thing {
    const found = this.objects.get(name);
    if (found === undefined || !('handle' in found)) throw new Error(`the scenario has no object called ${name}`);
    return found;
  }

  /** The open file a scenario calls `name`. */
  context(name = 'the device'): Context {
    const found = this.objects.get(name);
    if (found === undefined || 'handle' in found) throw new Error(`the scenario has no open device called ${name}`);
    return found;
  }

  /** The one answer of the last When. */
  get result(): Result {
    if (this.answer.kind !== 'one') throw new Error('the last When left no single answer');
    return this.answer.result;
  }

  get trials(): readonly Trial[] {
    if (this.answer.kind === 'series') return this.answer.trials;
    if (this.answer.kind === 'one') return [{ name: 'call', result: this.answer.result }];
    throw new Error('no When has left an answer');
  }

  set result(result: Result) {
    this.answer = { kind: 'one', result };
  }

  set trials(trials: readonly Trial[]) {
    this.answer = { kind: 'series', trials };
  }

  /** Records a check of the scenario's clause, or of `clause`. */
  check(name: string, passed: boolean, expected: string, got: string, result?: Result, clause = this.clause.id): void {
    const { trace } = this.client.session.options;
    this.checks.push({
      check: {
        name,
        clause,
        passed,
        expected,
        got,
        ...this.#place(passed, result),
        // The message of a passed check is kept only where it was asked for: thousands would bury the few that matter.
        ...(result === undefined || (passed && trace === 'failed') ? {} : { call: this.client.sentCall(result) }),
      },
    });
  }

  /** Where the trace has the call of a check; for checks whose trace may be kept. */
  #place(passed: boolean, result?: Result): Pick<Check, 'n'> {
    const { client } = this;
    if (passed && client.session.options.trace !== 'all') return {};
    const n = result === undefined ? client.recorder.count : client.recorder.numberOf(result);
    return n === undefined ? {} : { n };
  }

  /** The errnos by which this ABI refuses under a clause. */
  errnosOf(clause: string): readonly string[] {
    return this.spec.clauses[clause]?.errno?.[this.client.session.abi.id] ?? [];
  }

  /** Records that preparation was refused, and ends the scenario as blocked. */
  block(refused: Refused): never {
    const { clause, result, expected, got } = refused;
    this.checks.push({
      check: {
        name: `${clause} while preparing`,
        clause,
        passed: false,
        expected,
        got,
        ...(result instanceof Result
          ? { call: this.client.sentCall(result), ...this.#place(false, result) }
          : this.#place(false)),
        ground: true,
      },
    });
    throw new Blocked(clause);
  }
}

setWorldConstructor(RdmaWorld);
