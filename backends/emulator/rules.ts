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
  if (pipeline === undefined) made.set(rules, (pipeline = inBlocks(rules.map((rule) => rule.apply))));
  return pipeline as Step<Subject>;
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
