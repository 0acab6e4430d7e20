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

/** The functions of one pipeline, ready to run. Throws where there is none of that name. */
export function stepsOf<Subject>(pipelines: Pipelines, name: string): readonly Step<Subject>[] {
  const rules = pipelines[name];
  if (rules === undefined) throw new RangeError(`the emulator has no pipeline ${name}`);
  return (rules as readonly Rule<Subject>[]).map((rule) => rule.apply);
}

/** Runs steps until one refuses; its errno, or 0. */
export function run<Subject>(steps: readonly Step<Subject>[], subject: Subject): number {
  for (let i = 0; i < steps.length; i += 1) {
    const errno = (steps[i] as Step<Subject>)(subject);
    if (errno !== 0) return errno;
  }
  return 0;
}
