/** Tags: one clause per rule, and otherwise only words of closed lists. */
import { CAPABILITIES } from '../../spec/capabilities.ts';
import type { AbiId, Clause, Spec } from '../../spec/model.ts';
import type { Report } from '../../spec/problem.ts';
import { hint } from '../nearest.ts';
import { HAZARDS } from '../result/document.ts';
import { rulesOf, scenariosOf, type FeatureFile, type Rule, type Tag } from './feature_file.ts';

const ABIS: readonly AbiId[] = ['uapi', 'uverbs'];

/** The words each kind of tag may have. */
const WORDS = new Map<string, readonly string[]>([
  ['needs', CAPABILITIES],
  ['abi', ABIS],
  ['hazard', HAZARDS],
]);

/** Kinds of which a scenario has at most one. */
const SINGLE = ['abi', 'hazard'];

/** The clause of a rule: that of its bare tag, where there is exactly one and it is known. */
export function clauseOf(rule: Rule, spec: Spec): Clause | undefined {
  const [id, ...more] = rule.tags.filter(isBare).map((tag) => tag.name.slice(1));
  if (id === undefined || more.length > 0 || !Object.hasOwn(spec.clauses, id)) return undefined;
  return spec.clauses[id];
}

/** The one ABI to which tags limit a scenario. */
export function abiOfTags(tags: readonly { readonly name: string }[]): AbiId | undefined {
  return ABIS.find((abi) => tags.some(({ name }) => name === `@abi:${abi}`));
}

export function checkTags(file: FeatureFile, spec: Spec, report: Report): void {
  const { feature, place } = file;
  const scenarios = scenariosOf(feature).map(({ scenario }) => scenario);
  const elsewhere = [feature, ...scenarios, ...scenarios.flatMap(({ examples }) => examples)].flatMap(
    ({ tags }) => tags,
  );
  for (const tag of elsewhere.filter(isBare)) report(place(tag.location), bareElsewhere(tag.name, spec));
  for (const tag of [...elsewhere, ...rulesOf(feature).flatMap(({ tags }) => tags)].filter((one) => !isBare(one))) {
    const fault = wordFault(tag.name);
    if (fault !== undefined) report(place(tag.location), fault);
  }
  for (const rule of rulesOf(feature)) checkRule(file, rule, spec, report);
  for (const pickle of file.pickles) {
    for (const kind of SINGLE) {
      const words = new Set(pickle.tags.map(({ name }) => name).filter((name) => name.startsWith(`@${kind}:`)));
      if (words.size > 1) report(place(pickle.location), `${[...words].join(' and ')} exclude each other; keep one`);
    }
  }
}

function checkRule({ place }: FeatureFile, rule: Rule, spec: Spec, report: Report): void {
  const at = place(rule.location);
  const bare = rule.tags.filter(isBare);
  if (!rule.children.some(({ scenario }) => scenario !== undefined)) report(at, 'this rule has no scenario');
  if (bare.length === 0) report(at, 'a rule is tagged with the id of its clause: @clause-id above this line');
  for (const tag of bare.slice(1))
    report(place(tag.location), 'a rule has one clause; make a rule of its own for this one');
  for (const tag of bare) {
    const id = tag.name.slice(1);
    if (!Object.hasOwn(spec.clauses, id))
      report(place(tag.location), `unknown clause ${id}${hint(id, Object.keys(spec.clauses))}`);
  }
  const clause = clauseOf(rule, spec);
  if (clause?.withdrawn !== undefined)
    report(at, `the clause ${clause.id} is withdrawn: ${clause.withdrawn}; remove its rule`);
  if (clause?.notTestable !== undefined) {
    report(
      at,
      `the clause ${clause.id} is marked as not testable because ${clause.notTestable}; remove the mark or the rule`,
    );
  }
}

/** Where a scenario is limited to an ABI, its clause must bind that ABI. */
export function checkLimits(file: FeatureFile, spec: Spec, report: Report): void {
  const clauses = clauseByScenario(file, spec);
  for (const pickle of file.pickles) {
    const clause = clauses.get(pickle.astNodeIds[0] ?? '');
    const abi = abiOfTags(pickle.tags);
    if (clause !== undefined && abi !== undefined && !clause.abi.includes(abi)) {
      report(
        file.place(pickle.location),
        `limited to ${abi} by its tags, which the clause ${clause.id} does not bind (${clause.abi.join(', ')})`,
      );
    }
  }
}

/** AST node id of a scenario -> the clause of its rule. */
export function clauseByScenario(file: FeatureFile, spec: Spec): ReadonlyMap<string, Clause> {
  const pairs = scenariosOf(file.feature).flatMap(({ scenario, rule }) => {
    const clause = rule && clauseOf(rule, spec);
    return clause === undefined ? [] : [[scenario.id, clause] as const];
  });
  return new Map(pairs);
}

function isBare(tag: Tag): boolean {
  return !tag.name.includes(':');
}

function bareElsewhere(name: string, spec: Spec): string {
  if (Object.hasOwn(spec.clauses, name.slice(1))) return `${name} is a clause; clause tags stand on the Rule`;
  return `unknown tag ${name}; tags here are ${[...WORDS.keys()].map((kind) => `@${kind}:…`).join(', ')}`;
}

function wordFault(name: string): string | undefined {
  const [kind = '', ...rest] = name.slice(1).split(':');
  const word = rest.join(':');
  const words = WORDS.get(kind);
  if (words === undefined)
    return `unknown tag ${name}; tags are ${[...WORDS.keys()].map((one) => `@${one}:…`).join(', ')}`;
  return words.includes(word) ? undefined : `unknown tag ${name}${hint(word, words)}`;
}
