/**
 * The view model: everything the site shows, already decided, in one JSON document. The site draws it and adds nothing.
 * `site-data` writes it; evidence, which nobody reads whole, lies beside it in one file per subject and clause.
 * It is above 250 lines because it is one contract, read whole by both its sides.
 */
import type { Diagram } from '../../spec/abi/abi.ts';
import type {
  AbiId,
  Chapter,
  Clause,
  Deviation,
  Direction,
  Part,
  Profile,
  Source,
  Statement,
  StructType,
  Subject,
} from '../../spec/model.ts';
import type { Outcome, VerdictWord } from '../../spec/verdict/check.ts';
import type { Demand, Judgement, Standing } from '../../spec/verdict/profile.ts';

export const VIEW_FORMAT = 'rdma-conformance-view/1';

export type Words = Partial<Record<VerdictWord, number>>;
export type Outcomes = Partial<Record<Outcome, number>>;

/** One published result document. */
export interface SubjectView {
  /** Its folder below the published results, with dashes: also the name of its page. */
  readonly id: string;
  /** Short name for places where all subjects stand together. */
  readonly label: string;
  /** Path of the document as a replay command takes it. */
  readonly file: string;
  /** The command that makes such a result again, in a clone; absent where the document does not say enough for one. */
  readonly again?: string;
  readonly implementation: string;
  readonly version: string;
  readonly backend: string;
  readonly model: string;
  readonly abi: AbiId;
  /** An implementation of this project: its verdicts say nothing about anything shipped. */
  readonly study: boolean;
  readonly kernel?: string;
  readonly driver?: string;
  readonly tool: string;
  readonly specVersion: string;
  readonly specDigest: string;
  /** Made from the specification and the features shown. */
  readonly current: boolean;
  /** Made from the specification shown: where the result is not current, scenarios alone have changed. */
  readonly sameSentences: boolean;
  readonly seed: number;
  /** What was asked for beside everything; empty for a whole run. */
  readonly selection: string;
  readonly capabilities: readonly string[];
  readonly started: string;
  readonly finished?: string;
  readonly complete: boolean;
  readonly checks: number;
  readonly outcomes: Outcomes;
  readonly totals: Words;
  readonly counts: readonly { readonly chapter: string; readonly subject: Subject; readonly verdicts: Words }[];
  /** Clauses in force that are nonconformant, deviate, are blocked or errored, worst first. */
  readonly findings: readonly string[];
  /** Findings that no known deviation speaks of. */
  readonly unexplained: readonly string[];
  /** Finding -> the first scenario in which a check of it failed. */
  readonly failing: Readonly<Record<string, string>>;
  /** Verdicts on clauses this specification does not have in force. */
  readonly strangers: readonly { readonly clause: string; readonly verdict: VerdictWord }[];
  /** Scenarios that errored, were blocked or not reached, with their reasons. */
  readonly open: readonly { readonly scenario: string; readonly outcome: Outcome; readonly reason: string }[];
  /** Why scenarios do not apply, and how many for each reason. */
  readonly notApplicable: readonly { readonly reason: string; readonly scenarios: number }[];
}

/** The verdict of one subject on one clause. */
export interface VerdictView {
  readonly subject: string;
  readonly verdict: VerdictWord;
  readonly passed: number;
  readonly failed: number;
  /** It was reached on another wording of the clause. */
  readonly stale: boolean;
  readonly reason?: string;
  readonly blockedBy?: readonly string[];
}

export interface SourceView extends Source {
  readonly detail: string;
  /** Id of the decision note, where it is one. */
  readonly decision?: string;
}

/** A known deviation, with the subjects that show it. */
export interface DeviationView extends Omit<Deviation, 'clause'> {
  /** Published results of its driver and kernel in which the clause failed. */
  readonly shownBy: readonly string[];
}

export interface ClauseView extends Omit<Clause, 'sources'> {
  readonly sources: readonly SourceView[];
  readonly deviations: readonly DeviationView[];
  /** Of every published subject, in the order of the subjects. */
  readonly verdicts: readonly VerdictView[];
  /** Scenarios that are there to decide it: outlines as they are written, each with how many scenarios it makes. */
  readonly scenarios: readonly ScenarioLink[];
  readonly defects: readonly string[];
  /** Profiles that demand it. */
  readonly profiles: readonly string[];
  /** What of the mails became of it. */
  readonly statements: readonly StatementLink[];
}

export interface ScenarioLink {
  /** Folder of its feature file, which is the page. */
  readonly page: string;
  readonly anchor: string;
  readonly name: string;
  readonly scenarios: number;
}

export interface ChapterView extends Chapter {
  /** The object this is the chapter of: its tables stand on the same page. */
  readonly object?: string;
}

/** The message of a method as one ABI has it, for one variant of the object. */
export interface Layout extends Diagram {
  readonly abi: AbiId;
  readonly variant?: string;
}

export interface AttributeView {
  readonly name: string;
  readonly id: number;
  readonly type: string;
  readonly meaning: string;
  readonly bit?: string;
  readonly variants?: readonly string[];
  readonly bounds: readonly { readonly what: string; readonly clause: string }[];
}

export interface MethodView {
  readonly name: string;
  readonly number: number;
  readonly role: string;
  readonly meaning: string;
  readonly abi: readonly AbiId[];
  readonly serves?: readonly string[];
  readonly attributes: readonly {
    readonly name: string;
    readonly direction: Direction;
    readonly required: boolean;
    readonly only?: readonly string[];
    readonly optionalFor?: readonly string[];
    readonly unless?: string;
  }[];
  readonly layouts: readonly Layout[];
}

export interface ObjectView {
  readonly object: string;
  readonly title: string;
  readonly instances: 'created' | 'fixed' | 'fd';
  readonly classId: number | Readonly<Record<string, number>>;
  readonly space: string;
  readonly driver: boolean;
  readonly limit?: string;
  readonly uses: readonly string[];
  readonly usedBy: readonly string[];
  readonly lifecycle: readonly {
    readonly name: string;
    readonly method: string;
    readonly to?: string;
    readonly only?: readonly string[];
  }[];
  readonly moves?: Readonly<Record<string, readonly string[]>>;
  readonly attributes: readonly AttributeView[];
  readonly methods: readonly MethodView[];
}

/** What the subjects showed of one transition, summed over all checks on it. */
export interface MoveVerdict {
  readonly subject: string;
  readonly clause: string;
  readonly passed: number;
  readonly failed: number;
}

export interface MoveView {
  readonly from: string;
  readonly to: string;
  readonly required: readonly string[];
  readonly optional: readonly string[];
  readonly refused: readonly string[];
  readonly verdicts: readonly MoveVerdict[];
}

/** The state machine of one queue-pair type by one table. */
export interface MachineView {
  readonly id: string;
  readonly table: string;
  readonly transports: readonly string[];
  readonly type: string;
  readonly moves: readonly MoveView[];
  /** Pairs that are refused, and what was seen of them. */
  readonly illegal: readonly {
    readonly from: string;
    readonly to: string;
    readonly verdicts: readonly MoveVerdict[];
  }[];
}

export interface MachinesView {
  readonly states: readonly string[];
  readonly posting: Readonly<Record<'send' | 'receive', Readonly<Record<string, string>>>>;
  readonly machines: readonly MachineView[];
}

export interface StepView {
  readonly keyword: string;
  readonly text: string;
  readonly table?: readonly (readonly string[])[];
}

export interface ScenarioView {
  readonly anchor: string;
  readonly keyword: string;
  readonly name: string;
  readonly line: number;
  readonly tags: readonly string[];
  readonly steps: readonly StepView[];
  readonly examples: readonly {
    readonly tags: readonly string[];
    readonly rows: readonly (readonly string[])[];
  }[];
  /** Ids of the scenarios it makes, one for each row of examples. */
  readonly ids: readonly string[];
  readonly outcomes: readonly { readonly subject: string; readonly counts: Outcomes }[];
}

export interface FeatureView {
  readonly file: string;
  readonly name: string;
  readonly description: string;
  readonly background: readonly StepView[];
  readonly rules: readonly {
    readonly name: string;
    readonly clauses: readonly string[];
    readonly tags: readonly string[];
    readonly background: readonly StepView[];
    readonly scenarios: readonly ScenarioView[];
  }[];
}

export interface FeaturePageView {
  readonly page: string;
  readonly scenarios: number;
  readonly features: readonly FeatureView[];
}

export type CoverageState = 'decided' | 'stale' | 'undecided' | 'not testable' | 'uncovered';

export interface CoverageView {
  readonly states: readonly CoverageState[];
  readonly chapters: readonly {
    readonly chapter: string;
    readonly counts: Partial<Record<CoverageState, number>>;
    /** How many are decided by a result on something other than this project's own implementations. */
    readonly real: number;
  }[];
  /** What is not decided, with the reason. */
  readonly open: readonly { readonly clause: string; readonly state: CoverageState; readonly reason: string }[];
}

/** A profile, with what each published result comes to under it. */
export interface ProfileView extends Omit<Profile, 'clauses' | 'except' | 'requires' | 'mayLack'> {
  /** How many clauses it demands. */
  readonly demands: number;
  readonly chapters: readonly { readonly chapter: string; readonly clauses: readonly string[] }[];
  /** Profiles of which it demands every clause and requires every capability. */
  readonly contains: readonly string[];
  readonly except: readonly { readonly clause: string; readonly reason: string }[];
  readonly requires: ByWay;
  readonly mayLack: ByWay;
  /** In the order of the subjects. */
  readonly judgements: readonly JudgementView[];
}

/** Capabilities of the device, and those of the way to it: the backend and its controls. */
export interface ByWay {
  readonly device: readonly string[];
  readonly way: readonly string[];
}

export interface JudgementView extends Omit<Judgement, 'demands'> {
  readonly subject: string;
  /** The profile is met, and nothing stands in the way of a claim. */
  readonly carried: boolean;
  /** Why there is no claim, whatever was found. */
  readonly obstacle?: string;
  /** How many of the demands stand how. */
  readonly counts: Partial<Record<Standing, number>>;
  /** What speaks against a claim, worst first; `known`: known deviations of the subject from the clause. */
  readonly against: readonly (Demand & { readonly known: readonly string[] })[];
}

export interface StatementLink {
  readonly number: number;
  readonly who: readonly string[];
  readonly says: string;
}

/** A statement of the mails, and where it went. */
export interface StatementView extends Omit<Statement, 'mails' | 'clauses' | 'decisions' | 'place'> {
  /** `open`: nothing tests it yet; `open in part`: something does, and something is missing. */
  readonly standing: 'settled' | 'open in part' | 'open';
  readonly mails: readonly { readonly key: string; readonly file: string; readonly line: number }[];
  /** Each with how many scenarios decide it. */
  readonly clauses: readonly { readonly clause: string; readonly scenarios: number }[];
  readonly decisions: readonly { readonly id: string; readonly number: string; readonly title: string }[];
}

export interface ProvenanceView {
  /** By number. */
  readonly statements: readonly StatementView[];
  /** Every mail that says something, in the order of their dates, with the numbers of what it is the first to say. */
  readonly mails: readonly (Source & { readonly statements: readonly number[] })[];
  readonly authors: readonly string[];
  /** How many statements have a home of each kind; one with several is counted at each. */
  readonly kinds: Readonly<Record<'clauses' | 'rules' | 'benches' | 'decisions' | 'because', number>>;
  readonly standings: Readonly<Record<StatementView['standing'], number>>;
}

export interface DefectView {
  readonly id: string;
  readonly abi: AbiId;
  readonly kind: string;
  readonly story: string;
  readonly clauses: readonly string[];
  readonly models: readonly string[];
  /** `stale`: caught, but one of its clauses was reworded since. `unproved`: no published proof tried it. */
  readonly proof: 'caught' | 'missed' | 'stale' | 'unproved';
  readonly reasons: readonly string[];
}

export interface DefectsView {
  readonly defects: readonly DefectView[];
  readonly musts: number;
  readonly mustsWithCaught: number;
  readonly proofs: readonly {
    readonly file: string;
    readonly finished: string;
    readonly specDigest: string;
    readonly current: boolean;
    readonly complete: boolean;
  }[];
}

export interface Term {
  readonly term: string;
  readonly meaning: string;
  readonly anchor: string;
  readonly section: string;
}

export interface ErrnoView {
  readonly errno: string;
  readonly number: number;
  readonly clauses: readonly { readonly clause: string; readonly abi: readonly AbiId[] }[];
}

export interface EventView {
  readonly event: string;
  readonly number: number;
  readonly about: string;
  readonly clauses: readonly string[];
}

/** A source, and the clauses that rest on it. */
export interface CitedSource extends Source {
  readonly clauses: readonly string[];
  /** Of a mail: the statements it makes. */
  readonly statements: readonly number[];
}

export interface DecisionView {
  readonly id: string;
  readonly number: string;
  readonly title: string;
  readonly status: string;
  readonly clauses: readonly string[];
  /** What of the mails it settles. */
  readonly statements: readonly StatementLink[];
}

/** The tables of what Linux ships. `since` and `until` are kernels; what has neither is in 6.1 and in every later one. */
export interface UverbsView {
  readonly objects: readonly {
    readonly name: string;
    readonly id: number;
    readonly handles: 'handle' | 'fd' | 'none';
    readonly needs: readonly string[];
    readonly since?: string;
    readonly methods: readonly {
      readonly name: string;
      readonly id: number;
      readonly constant: string;
      readonly since?: string;
      readonly until?: string;
      /** The neutral call it is the message of. */
      readonly serves?: string;
      readonly attributes: readonly UverbsAttributeView[];
    }[];
  }[];
  readonly commands: readonly UverbsCommandView[];
  readonly structs: readonly UverbsStructView[];
  readonly constants: readonly UverbsConstantsView[];
  readonly hfi1: {
    readonly ioctls: readonly {
      readonly name: string;
      readonly request: number;
      readonly type: string;
      readonly bytes: number;
      readonly moves: string;
      readonly early: boolean;
      readonly means: string;
    }[];
    readonly structs: readonly UverbsStructView[];
  };
}

export interface UverbsAttributeView {
  readonly name: string;
  readonly constant: string;
  readonly id: number;
  /** Type, direction, access and size in words. */
  readonly form: string;
  readonly required: boolean;
  readonly since?: string;
  /** Name of the constants it is made of. */
  readonly values?: string;
  /** Name of its struct, without ib_uverbs_. */
  readonly struct?: string;
}

export interface UverbsCommandView {
  readonly name: string;
  readonly constant: string;
  readonly number: number;
  readonly extended: boolean;
  /** Absent for a number that never had code. */
  readonly object?: string;
  readonly needs: readonly string[];
  readonly driverData?: 'both' | 'in';
  readonly serves?: string;
  readonly request?: { readonly struct: string; readonly bytes: number; readonly minimum: number };
  readonly response?: { readonly struct: string; readonly bytes: number; readonly minimum: number };
}

export interface UverbsStructView {
  /** As C has it, without the word. */
  readonly name: string;
  readonly bytes: number;
  readonly since?: string;
  readonly fields: readonly {
    readonly name: string;
    readonly at: number;
    readonly bytes: number;
    readonly big?: boolean;
    /** The bytes are those of another field too. */
    readonly shared?: boolean;
    readonly since?: string;
  }[];
}

export interface UverbsConstantsView {
  readonly name: string;
  readonly enum?: string;
  readonly prefix: string;
  readonly flags: boolean;
  /** Defined in the kernel alone. */
  readonly internal: boolean;
  readonly members: readonly {
    readonly name: string;
    readonly value: number;
    readonly since?: string;
    readonly until?: string;
  }[];
}

/** One thing the search finds: kept short, since a reader who searches fetches them all. */
export interface SearchEntry {
  readonly kind:
    | 'clause'
    | 'object'
    | 'method'
    | 'attribute'
    | 'errno'
    | 'event'
    | 'uverbs'
    | 'term'
    | 'decision'
    | 'profile'
    | 'statement'
    | 'feature'
    | 'chapter'
    | 'source';
  readonly title: string;
  readonly text: string;
  /** Other words it is to be found by: ids, errnos, attributes. */
  readonly words: string;
  /** Below the root of the site, without a slash in front. */
  readonly url: string;
}

export interface ViewModel {
  readonly format: typeof VIEW_FORMAT;
  readonly tool: string;
  readonly specification: { readonly version: string; readonly digest: string; readonly features: string };
  readonly subjects: readonly SubjectView[];
  readonly parts: readonly Part[];
  readonly chapters: readonly ChapterView[];
  readonly clauses: Readonly<Record<string, ClauseView>>;
  readonly objects: readonly ObjectView[];
  readonly enums: Readonly<Record<string, Readonly<Record<string, number>>>>;
  readonly flags: Readonly<Record<string, Readonly<Record<string, number>>>>;
  readonly structs: Readonly<Record<string, StructType>>;
  readonly machines: MachinesView;
  readonly features: readonly FeaturePageView[];
  readonly coverage: CoverageView;
  readonly profiles: readonly ProfileView[];
  readonly provenance: ProvenanceView;
  readonly defects: DefectsView;
  readonly terms: readonly Term[];
  readonly errnos: readonly ErrnoView[];
  readonly events: readonly EventView[];
  readonly uverbs: UverbsView;
  readonly decisions: readonly DecisionView[];
  readonly sources: readonly CitedSource[];
  readonly search: readonly SearchEntry[];
}

/** Evidence of one subject on one clause, in a file of its own: failing checks first. Pages have the word of the verdict alone. */
export interface EvidenceFile {
  readonly clause: string;
  readonly file: string;
  readonly verdict: VerdictView;
  readonly scenarios: readonly EvidenceScenario[];
}

export interface EvidenceScenario {
  readonly id: string;
  /** Where it stands on the page of its family; absent for one that is in no feature any more. */
  readonly anchor?: string;
  readonly outcome: Outcome;
  readonly reason?: string;
  readonly checks: readonly EvidenceCheck[];
}

export interface EvidenceCheck {
  readonly name: string;
  readonly passed: boolean;
  readonly expected: string;
  readonly got: string;
  /** The call in words. */
  readonly call?: string;
  /** Its bytes as sent, in hex; of failed checks. */
  readonly sent?: string;
}
