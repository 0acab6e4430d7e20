/** Runs the suite against deliberately wrong implementations, to show that each of its clauses can fail. */
import type { Defect } from '../../backends/faulty/defect.ts';
import { rulesOf, watched, type Watched } from '../../backends/faulty/watched.ts';
import { findBackend, BACKENDS, type BackendEntry, type OpenOptions } from '../../backends/registry.ts';
import type { AbiId, Spec } from '../../spec/model.ts';
import type { ScenarioResult } from '../../spec/verdict/check.ts';
import { rollUp } from '../../spec/verdict/rollup.ts';
import { UsageError } from '../failure.ts';
import type { Steps } from '../run/cucumber.ts';
import type { JournalLine } from '../run/journal.ts';
import type { Loaded } from '../run/load.ts';
import { openSubject } from '../run/subject.ts';
import { runSuite } from '../run/suite.ts';
import type { Scenario } from '../run/features.ts';
import { judgeDefect, type Shown } from './judge.ts';

export interface Proof {
  readonly defect: Defect;
  readonly model: string;
  /** Empty where the defect was caught. */
  readonly reasons: readonly string[];
}

/** The suite on the emulator without a defect, and what it rests on. */
interface Clean extends Shown {
  /** Rules that were asked in a scenario, by its id. */
  readonly uses: ReadonlyMap<string, ReadonlySet<Watched>>;
  readonly capabilities: string;
}

/** Chooses scenarios for a device of these capabilities. */
type Choice = (capabilities: string) => readonly Scenario[];

export class Prover {
  readonly #loaded: Loaded;
  readonly #steps: Steps;
  readonly #seed: number;
  readonly #deadline: number;
  /** Runs of the emulator without a defect, by ABI and model. */
  readonly #clean = new Map<string, Clean>();

  constructor(loaded: Loaded, steps: Steps, seed: number, deadline: number) {
    this.#loaded = loaded;
    this.#steps = steps;
    this.#seed = seed;
    this.#deadline = deadline;
  }

  async prove(defect: Defect): Promise<Proof> {
    const entry = await findBackend(`faulty:${defect.id}`);
    const [model] = defect.models;
    if (entry === undefined || model === undefined) throw new Error(`defect ${defect.id} has no backend or no model`);
    const clean = await this.#cleanRun(defect.abi, model);
    const { scenarios } = await this.#run(entry, model, this.#concerned(defect, clean));
    const again = new Map(scenarios.map((scenario) => [scenario.id, scenario]));
    const faulty = clean.scenarios.map((scenario) => again.get(scenario.id) ?? scenario);
    const verdicts = rollUp(this.#loaded.spec, faulty, defect);
    return { defect, model, reasons: judgeDefect(defect.clauses, clean, { scenarios: faulty, verdicts }) };
  }

  /**
   * The scenarios that can come out otherwise: those that ask a rule the defect changes. What a leak leaves behind is met by
   * others too, and a device that looks different is another device: then all.
   */
  #concerned(defect: Defect, clean: Clean): Choice {
    const { spec, features } = this.#loaded;
    const changed = rulesOf(spec, defect);
    const asks = (rules: ReadonlySet<Watched> | undefined): boolean =>
      rules !== undefined && [...changed].some((rule) => rules.has(rule));
    return (capabilities) =>
      defect.kind === 'leak' || capabilities !== clean.capabilities
        ? features.scenarios
        : features.scenarios.filter(({ id }) => asks(clean.uses.get(id)));
  }

  /** What does not hold even without a defect: nothing is proved by runs that are compared with it. */
  unclean(): string[] {
    return [...this.#clean].flatMap(([key, { verdicts }]) =>
      verdicts
        .filter(({ verdict }) => verdict === 'nonconformant' || verdict === 'errored' || verdict === 'blocked')
        .map(({ clause, verdict }) => `${key}: ${clause} is ${verdict}`),
    );
  }

  async #cleanRun(abi: AbiId, model: string): Promise<Clean> {
    const key = `${abi}, ${model}`;
    const known = this.#clean.get(key);
    if (known !== undefined) return known;
    const entry = BACKENDS.find((one) => one.abi === abi && one.models.includes(model));
    if (entry === undefined) throw new UsageError(`no backend without defects plays ${model} for ${abi}`);
    let asked = new Set<Watched>();
    const uses = new Map<string, ReadonlySet<Watched>>();
    const listening = {
      ...entry,
      open: (options: OpenOptions) =>
        Promise.resolve(
          watched(abi, options, (rule) => {
            asked.add(rule);
          }),
        ),
    };
    let looks = '';
    const all: Choice = (capabilities) => {
      looks = capabilities;
      return this.#loaded.features.scenarios;
    };
    const run = await this.#run(listening, model, all, (line) => {
      if (line.kind === 'finished') uses.set(line.scenario.id, asked);
      asked = new Set();
    });
    const clean = { ...run, uses, capabilities: looks };
    this.#clean.set(key, clean);
    return clean;
  }

  async #run(entry: BackendEntry, model: string, choose: Choice, heard?: (line: JournalLine) => void): Promise<Shown> {
    const { spec } = this.#loaded;
    const steps = this.#steps;
    const options = { seed: this.#seed, deadline: this.#deadline, trace: 'failed' } as const;
    const subject = await openSubject(entry, model, spec, options);
    const scenarios: ScenarioResult[] = [];
    const sink = {
      write: (line: JournalLine) => {
        if (line.kind === 'finished') scenarios.push(line.scenario);
        heard?.(line);
      },
    };
    try {
      const chosen = choose([...subject.capabilities].sort().join(' '));
      await runSuite({ steps, spec, subject, scenarios: chosen, hazard: 'safe', sink });
    } finally {
      await subject.close();
    }
    return { scenarios, verdicts: rollUp(spec, scenarios, entry) };
  }
}

/** The musts that can be tested, and those of them that no defect breaks. */
export function mustsWithout(spec: Spec, defects: readonly Defect[]): { musts: number; without: readonly string[] } {
  const broken = new Set(defects.flatMap(({ clauses }) => clauses));
  const musts = Object.values(spec.clauses).filter(
    ({ level, withdrawn, notTestable }) =>
      (level === 'must' || level === 'must not') && withdrawn === undefined && notTestable === undefined,
  );
  return { musts: musts.length, without: musts.map(({ id }) => id).filter((id) => !broken.has(id)) };
}
