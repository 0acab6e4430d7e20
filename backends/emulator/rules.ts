/**
 * The emulator's pipelines are arrays of rules in order of precedence, each bound to the clause it keeps.
 * A defect replaces one rule; nothing else in the emulator knows that defects exist.
 */
export interface Rule<Subject> {
  readonly clause: string;
  /** 0 to go on, or the errno that ends the call. */
  readonly apply: (subject: Subject) => number;
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
  if (pipeline === undefined) made.set(rules, (pipeline = fused(rules.map((rule) => rule.apply))));
  return pipeline as Step<unknown>;
}

/** Rules that go into one function: engines stop inlining when a function has grown to a certain size. */
const BLOCK = 6;

/** How many functions were linked so far: two of the same source text would share their call sites. */
let linked = 0;

/** The rules as one function, of blocks where there are many. */
function fused<Subject>(steps: readonly Step<Subject>[]): Step<Subject> {
  if (steps.length <= BLOCK) return link(steps);
  const blocks: Step<Subject>[] = [];
  for (let at = 0; at < steps.length; at += BLOCK) blocks.push(link(steps.slice(at, at + BLOCK)));
  return fused(blocks);
}

/**
 * `(subject) => r0(subject) || r1(subject) || …`. A loop over the array would have one call site for all steps, through which
 * an engine can inline none; that alone costs several times as much as parsing the message. The source text holds positions
 * in the array and nothing from outside.
 */
function link<Subject>(steps: readonly Step<Subject>[]): Step<Subject> {
  linked += 1;
  const names = steps.map((_, index) => `r${String(index)}`);
  const calls = names.map((name) => `${name}(subject)`).join(' || ');
  const source = `/* ${String(linked)} */ return (subject) => ${calls || '0'};`;
  // eslint-disable-next-line @typescript-eslint/no-implied-eval -- a call site per step cannot be had otherwise
  const linking = new Function(...names, source) as (...given: readonly Step<Subject>[]) => Step<Subject>;
  return linking(...steps);
}
