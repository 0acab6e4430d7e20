/**
 * The emulator's pipelines are arrays of rules in order of precedence, each bound to the clause it keeps.
 * A defect replaces one rule; nothing else in the emulator knows that defects exist.
 */
import type { Shape } from './dispatch_table.ts';

export interface Rule<Subject> {
  readonly clause: string;
  /** 0 to go on, or the errno that ends the call. It says so of every subject, also where `concerns` would have spared it. */
  readonly apply: (subject: Subject) => number;
  /**
   * False for operations of which no call can break the rule or be changed by it: there it is left out when a device is made.
   * A rule that says nothing concerns all. So do those that replace others: a defect is a clause and what it does, no more.
   */
  readonly concerns?: (operation: Shape) => boolean;
}

/** Rules by pipeline name: `qp.modify`, `uapi/frame` … The subject of a pipeline is fixed by its name. */
export type Pipelines = Readonly<Record<string, readonly Rule<never>[]>>;

export type Step<Subject> = (subject: Subject) => number;

/** Devices of the same rules share what is made of them: engines know such functions as one. */
const made = new WeakMap<readonly Rule<never>[], Step<never>>();

/** The rules of one pipeline as one function: the errno of the first that refuses, or 0. Throws where there is none of that name. */
export function pipelineOf<Subject>(pipelines: Pipelines, name: string): Step<Subject> {
  const rules = pipelines[name];
  if (rules === undefined) throw new RangeError(`the emulator has no pipeline ${name}`);
  let pipeline = made.get(rules);
  if (pipeline === undefined) made.set(rules, (pipeline = inBlocks(rules.map((rule) => rule.apply))));
  return pipeline as Step<Subject>;
}

/** Of each pipeline, what was made for operations that the same rules concern: most are alike, and engines then know them as one. */
const chosen = new WeakMap<readonly Rule<never>[], Map<string, Step<never>>>();

/** Those rules of a pipeline that concern an operation, as one function. */
export function pipelineFor<Subject>(pipelines: Pipelines, name: string, operation: Shape): Step<Subject> {
  const whole = pipelineOf<Subject>(pipelines, name);
  const rules = pipelines[name] ?? [];
  const kept = rules.filter(({ concerns }) => concerns === undefined || concerns(operation));
  if (kept.length === rules.length) return whole;
  let choices = chosen.get(rules);
  if (choices === undefined) chosen.set(rules, (choices = new Map<string, Step<never>>()));
  const key = kept.map((rule) => rules.indexOf(rule)).join();
  let choice = choices.get(key);
  if (choice === undefined) choices.set(key, (choice = inBlocks(kept.map((rule) => rule.apply))));
  return choice as Step<Subject>;
}

/** Rules that go into one function: engines stop inlining when a function has grown to a certain size. */
const BLOCK = 6;

function inBlocks<Subject>(steps: readonly Step<Subject>[]): Step<Subject> {
  const blocks: Step<Subject>[] = [];
  for (let at = 0; at < steps.length; at += BLOCK) blocks.push(fused(steps.slice(at, at + BLOCK)));
  return (subject) => {
    for (let i = 0; i < blocks.length; i += 1) {
      const errno = (blocks[i] as Step<Subject>)(subject);
      if (errno !== 0) return errno;
    }
    return 0;
  };
}

/** How many functions were fused so far: two of the same source text would share their call sites. */
let count = 0;

/**
 * `(subject) => r0(subject) || r1(subject) || …`. A loop over the array would have one call site for all steps, through which
 * an engine can inline none; that alone costs several times as much as parsing the message. The source text holds positions
 * in the array and nothing from outside.
 */
function fused<Subject>(steps: readonly Step<Subject>[]): Step<Subject> {
  count += 1;
  const names = steps.map((_, index) => `r${String(index)}`);
  const calls = names.map((name) => `${name}(subject)`).join(' || ');
  const source = `/* ${String(count)} */ return (subject) => ${calls};`;
  // eslint-disable-next-line @typescript-eslint/no-implied-eval -- a call site per step cannot be had otherwise
  const link = new Function(...names, source) as (...given: readonly Step<Subject>[]) => Step<Subject>;
  return link(...steps);
}
