/** What a result comes to under a profile, for people. */
import { deviationsOf } from '../../spec/deviations.ts';
import type { Profile, Spec } from '../../spec/model.ts';
import { AGAINST, type Demand, type Judgement, type Standing } from '../../spec/verdict/profile.ts';
import type { ResultDocument } from '../result/document.ts';
import { colour } from './colour.ts';
import { columns } from './columns.ts';
import { plain } from './plain.ts';

export interface Judged {
  readonly profile: Profile;
  readonly document: ResultDocument;
  readonly judgement: Judgement;
  /** Why there is no claim, whatever was found. */
  readonly obstacle: string | undefined;
  readonly file: string;
}

/** What speaks against a claim comes first, and is always told; the rest is not. */
const ON_REQUEST: readonly Standing[] = ['excused', 'not testable', 'told', 'met'];

/** `all`: also what does not speak against it, clause by clause. */
export function judgementText(judged: Judged, spec: Spec, all: boolean): string {
  const { profile, document, judgement, obstacle, file } = judged;
  const { outcome, reason, lacks, demands } = judgement;
  const { subject } = document;
  const of = (standing: Standing): Demand[] => demands.filter((demand) => demand.standing === standing);
  const head = columns([
    ['profile', `${profile.id} (${profile.digest}): ${profile.title}`],
    ['subject', plain(`${subject.implementation} ${subject.version}, model ${subject.model}, ${subject.abi}`)],
    [
      'result',
      plain(
        `${file}, ${document.finished ?? document.started}, specification ${document.spec.version} (${document.spec.digest})`,
      ),
    ],
  ]);
  const parts = (all ? [...AGAINST, ...ON_REQUEST] : AGAINST)
    .map((standing) => [standing, of(standing)] as const)
    .filter(([, its]) => its.length > 0)
    .map(([standing, its]) => `${colour.bold(standing)}\n${columns(its.map((demand) => row(demand, spec, document)))}`);
  const counts = [...AGAINST, ...ON_REQUEST]
    .filter((standing) => standing !== 'met' && of(standing).length > 0)
    .map((standing) => `, ${standing} ${String(of(standing).length)}`);
  const notCovered = profile.notCovered.map((text) => `  ${text}`);
  const paragraphs = [
    head,
    ...(lacks.length === 0 ? [] : [`required, and not offered: ${lacks.join(', ')}`]),
    ...parts,
    ...(notCovered.length === 0 ? [] : [`${colour.bold('not covered by any clause')}\n${notCovered.join('\n')}`]),
    `${String(of('met').length)} of ${String(demands.length)} demanded clauses met${counts.join('')}`,
    conclusion(outcome, reason, obstacle),
  ];
  return paragraphs.join('\n\n');
}

function row({ clause, standing, reason }: Demand, spec: Spec, { subject }: ResultDocument): string[] {
  if (standing !== 'failed') return reason === undefined ? [clause] : [clause, plain(reason)];
  const known = deviationsOf(spec, clause, subject).map(({ what }) => `known deviation: ${what}`);
  return known.length === 0 ? [clause] : [clause, known.join(' ')];
}

function conclusion(outcome: Judgement['outcome'], reason: string | undefined, obstacle: string | undefined): string {
  const word = outcome === 'met' ? colour.green(outcome) : outcome === 'not met' ? colour.red(outcome) : outcome;
  const found = `${word}${reason === undefined ? '' : `: ${reason}`}`;
  if (obstacle !== undefined) return `${found}; no claim: ${obstacle}`;
  return outcome === 'met'
    ? `${found}: the claim can be made, for what was tested and on that day`
    : `${found}: no claim`;
}
