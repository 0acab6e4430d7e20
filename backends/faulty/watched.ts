/** Which rules of the emulator are asked, so that a defect need be tried only where its rules are. */
import type { AbiId, Spec } from '../../spec/model.ts';
import type { Backend } from '../backend.ts';
import { emulator } from '../emulator/backend.ts';
import { pipelinesOf } from '../emulator/pipelines.ts';
import type { Pipelines, Rule } from '../emulator/rules.ts';
import type { OpenOptions } from '../registry.ts';
import type { Defect } from './defect.ts';

/** One rule of the emulator, to be told apart from others and nothing else. */
export type Watched = Rule<never>;

/** The emulator without a defect; `asked` hears of every rule as it is applied. */
export function watched(abi: AbiId, options: OpenOptions, asked: (rule: Rule<never>) => void): Backend {
  const listening = (rule: Rule<never>): Rule<never> => ({
    clause: rule.clause,
    apply: (subject) => {
      asked(rule);
      return rule.apply(subject);
    },
  });
  const alter = (pipelines: Pipelines): Pipelines =>
    Object.fromEntries(Object.entries(pipelines).map(([name, rules]) => [name, rules.map(listening)]));
  return emulator({ ...options, abi, alter });
}

/** The rules that a defect replaces, moves or takes away; every rule of a pipeline that it makes longer or shorter. */
export function rulesOf(spec: Spec, defect: Defect): ReadonlySet<Rule<never>> {
  const sound = pipelinesOf(spec);
  const altered = defect.alter(sound);
  const changed = new Set<Rule<never>>();
  for (const [name, rules] of Object.entries(sound)) {
    const others = altered[name] ?? [];
    for (const [at, rule] of rules.entries())
      if (others.length !== rules.length || others[at] !== rule) changed.add(rule);
  }
  return changed;
}
