/**
 * Documented defects: the emulator with one rule replaced. Each names the clauses that must then be nonconformant;
 * every other clause must stay as it is, or be blocked by a named one. That is how the suite proves that it can fail.
 */
import type { AbiId } from '../../spec/model.ts';
import { ERRNO, type ErrnoName } from '../../spec/errno.ts';
import type { Pipelines, Rule } from '../emulator/rules.ts';

export type DefectKind =
  'off' | 'wrong-errno' | 'state-changed' | 'leak' | 'late-event' | 'wrong-order' | 'wrong-value' | 'over-strict';

export interface Defect {
  readonly id: string;
  /** Clauses that must become nonconformant, each by a check that ran and failed. */
  readonly clauses: readonly string[];
  readonly kind: DefectKind;
  /** What the faulty implementation does, in one sentence. */
  readonly story: string;
  readonly abi: AbiId;
  /** Models it shows on; the first is used for the proof. */
  readonly models: readonly string[];
  readonly alter: (pipelines: Pipelines) => Pipelines;
}

/** What a row of the tables says beside the change itself. */
export interface About {
  readonly story: string;
  /** More clauses than the first that break with it. */
  readonly also?: readonly string[];
  readonly model?: string;
  /** Told apart from other defects of the same clause and kind. */
  readonly suffix?: string;
}

type Apply<Subject> = (subject: Subject) => number;

/**
 * A defect that replaces every rule of `clause` (in `pipeline`, or wherever it stands) by what `change` makes of it.
 * Throws when it is made effective and no such rule exists: a defect of nothing proves nothing.
 */
export function replaced<Subject>(
  clause: string,
  kind: DefectKind,
  about: About & { readonly pipeline?: string; readonly clauses?: readonly string[] },
  change: (inner: Apply<Subject>) => Apply<Subject>,
): Defect {
  return defect(clause, kind, about, (pipelines) => {
    let found = 0;
    const altered = Object.entries(pipelines).map(([name, rules]) => [
      name,
      about.pipeline !== undefined && about.pipeline !== name
        ? rules
        : (rules as readonly Rule<Subject>[]).map((rule) => {
            if (rule.clause !== clause) return rule;
            found += 1;
            return { clause, apply: change(rule.apply) };
          }),
    ]);
    if (found === 0) throw new Error(`no pipeline has a rule for ${clause}`);
    return Object.fromEntries(altered) as Pipelines;
  });
}

/** A defect made by hand from the pipelines. */
export function defect(
  clause: string,
  kind: DefectKind,
  about: About & { readonly clauses?: readonly string[] },
  alter: (pipelines: Pipelines) => Pipelines,
): Defect {
  return {
    id: `${clause}-${about.suffix ?? kind}`,
    clauses: about.clauses ?? [clause, ...(about.also ?? [])],
    kind,
    story: about.story,
    abi: 'uapi',
    models: [about.model ?? 'verbs'],
    alter,
  };
}

/** The rule is not there. */
export function off(clause: string, about: About): Defect {
  return replaced(clause, 'off', about, () => () => 0);
}

/** The rule refuses with another errno. */
export function wrongErrno(clause: string, name: ErrnoName, about: About): Defect {
  return replaced(clause, 'wrong-errno', about, (inner) => (subject) => (inner(subject) === 0 ? 0 : ERRNO[name]));
}

/** The rule refuses as it must, but something has happened by then. */
export function afterwards<Subject>(clause: string, about: About, harm: (subject: Subject) => void): Defect {
  return replaced<Subject>(clause, 'state-changed', about, (inner) => (subject) => {
    const errno = inner(subject);
    if (errno !== 0) harm(subject);
    return errno;
  });
}

/** The rule does its work, and then something is wrong with what it left. */
export function spoiled<Subject>(
  clause: string,
  kind: DefectKind,
  about: About & { readonly pipeline?: string },
  harm: (subject: Subject) => void,
): Defect {
  return replaced<Subject>(clause, kind, about, (inner) => (subject) => {
    const errno = inner(subject);
    if (errno === 0) harm(subject);
    return errno;
  });
}

/** The rule also refuses what it must let pass. */
export function stricter<Subject>(
  clause: string,
  name: ErrnoName,
  about: About & { readonly rule: string; readonly pipeline?: string },
  wrong: (subject: Subject) => boolean,
): Defect {
  const made = replaced<Subject>(about.rule, 'over-strict', about, (inner) => (subject) => {
    const errno = inner(subject);
    return errno === 0 && wrong(subject) ? ERRNO[name] : errno;
  });
  return { ...made, id: `${clause}-${about.suffix ?? 'over-strict'}`, clauses: [clause, ...(about.also ?? [])] };
}

/** Two rules of one pipeline change places. */
export function swapped(clause: string, pipeline: string, one: string, two: string, about: About): Defect {
  return defect(clause, 'wrong-order', about, (pipelines) => {
    const rules = [...(pipelines[pipeline] ?? [])];
    const [i, j] = [rules.findIndex((rule) => rule.clause === one), rules.findIndex((rule) => rule.clause === two)];
    const [a, b] = [rules[i], rules[j]];
    if (a === undefined || b === undefined) throw new Error(`${pipeline} has no rules for ${one} and ${two}`);
    rules[i] = b;
    rules[j] = a;
    return { ...pipelines, [pipeline]: rules };
  });
}

/** Gives the rules of a clause in one pipeline another body. */
export function withRule<Subject>(
  pipelines: Pipelines,
  pipeline: string,
  clause: string,
  apply: (subject: Subject) => number,
): Pipelines {
  const rules = (pipelines[pipeline] ?? []).map((rule): Rule<never> =>
    rule.clause === clause ? { clause, apply } : rule,
  );
  return { ...pipelines, [pipeline]: rules };
}
