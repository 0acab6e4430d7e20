/** What a program compares to say whether a check holds: an answer, one value of a reply, or two looks at an object. */
import type { OutputPlace } from '../../spec/abi/abi.ts';
import { ERRNO, isErrno } from '../../spec/errno.ts';
import type { Check } from '../../spec/verdict/check.ts';
import { bytesOf } from '../views/calls.ts';
import { numberAt, succeeded, type BoundCall } from './bindings.ts';

export type Look =
  /** A value in the reply of `of`; `least`: it may be more. */
  | {
      readonly kind: 'value';
      readonly of: BoundCall;
      readonly place: OutputPlace;
      readonly least: boolean;
      readonly expected: bigint;
    }
  /** Two looks at one object say the same in every place. */
  | {
      readonly kind: 'unchanged';
      readonly before: BoundCall;
      readonly after: BoundCall;
      readonly places: readonly OutputPlace[];
    };

/** Both parts must hold where both are there. */
export interface Judgement {
  /** What the judged call may answer: `0` and names of errnos, or any refusal. */
  readonly allowed?: readonly string[] | 'a refusal';
  readonly look?: Look;
}

const ANSWER = `(?:0|${Object.keys(ERRNO).join('|')})`;
const ANSWERS = new RegExp(`^${ANSWER}(?: or ${ANSWER})*(?=$|,)`);
const REFUSAL = /^(?:a refusal$|refused(?=$|,))/;
/** Words of checks that two looks at an object are to say the same. */
const UNCHANGED = /\b(?:unchanged|as before|as it was)\b/;

/**
 * `all`: the calls of the trace, of which `chosen` are in the program; a look that is none of those may be compared with.
 * Undefined where a program cannot say what the check says.
 */
export function judgementOf(
  check: Check,
  judged: BoundCall,
  chosen: readonly BoundCall[],
  all: readonly BoundCall[],
): Judgement | undefined {
  const answer = succeeded(judged.line) ? '0' : judged.line.answer.slice(1);
  const allowed = allowedOf(check, answer);
  const met = allowed === undefined || (allowed === 'a refusal' ? answer !== '0' : allowed.includes(answer));
  const same = UNCHANGED.test(check.expected) ? unchanged(judged, chosen) : undefined;
  const answers = allowed === undefined ? {} : { allowed };
  if (!met || (check.passed && allowed !== undefined && !isRich(check)))
    return { ...answers, ...(same === undefined ? {} : { look: same }) };
  const look = same ?? changedSince(check, judged, all) ?? valueSaid(check, judged, chosen);
  return look === undefined ? undefined : { ...answers, look };
}

/** The answers that the expectation names; success where it names what only a call that succeeds can show. */
function allowedOf({ expected, got, passed }: Check, answer: string): Judgement['allowed'] {
  if (REFUSAL.test(expected)) return 'a refusal';
  const named = ANSWERS.exec(expected)?.[0];
  if (named !== undefined && (ANSWERS.test(got) || isErrno(answer))) return named.split(' or ');
  return answer !== '0' && (got === answer || !passed) ? ['0'] : undefined;
}

/** Whether it expects more than an answer. */
function isRich({ expected }: Check): boolean {
  return expected.replace(ANSWERS, '').replace(REFUSAL, '') !== '';
}

/** The last look before the judged call and the first after it. */
function unchanged(judged: BoundCall, chosen: readonly BoundCall[]): Look | undefined {
  const looks = chosen.filter(({ named, line }) => named?.observes === true && succeeded(line));
  const after = looks.find(({ index }) => index > judged.index);
  const before = looks.findLast(({ index, named }) => index < judged.index && named?.method === after?.named?.method);
  if (before === undefined || after === undefined) return undefined;
  return { kind: 'unchanged', before, after, places: tellingPlaces(after) };
}

function tellingPlaces({ named }: BoundCall): readonly OutputPlace[] {
  return (named?.outputs ?? []).filter(({ carries, bytes }) => carries.length > 0 && bytes <= 8);
}

/** An earlier look at the same object that differs from this one in just the attributes that `port 0 became 1` names. */
function changedSince({ got }: Check, judged: BoundCall, all: readonly BoundCall[]): Look | undefined {
  const told = got.split(' became ').length - 1;
  const { target, named } = judged;
  if (told === 0 || target === undefined || named?.observes !== true) return undefined;
  const places = tellingPlaces(judged);
  const before = all.find((look) => {
    if (look.index >= judged.index || look.target !== target || look.named?.method !== named.method) return false;
    const different = places.filter((place) => shownAt(look, place) !== shownAt(judged, place));
    const attributes = new Map(different.map((place) => [rootsOf(place).join(), rootsOf(place)]));
    const all = [...attributes.values()];
    return all.length === told && all.every((roots) => roots.some((name) => got.includes(`${name} `)));
  });
  return before === undefined ? undefined : { kind: 'unchanged', before, after: judged, places };
}

/** The neutral attributes that a place is a part of. */
function rootsOf({ carries }: OutputPlace): readonly string[] {
  return carries.map((word) => word.split('.')[0] ?? word);
}

function shownAt({ line }: BoundCall, place: OutputPlace): bigint | undefined {
  return numberAt(bytesOf(line.received?.[place.region] ?? ''), place);
}

/** The place of a reply that the check names, or that says words of its kind, and shows what was got. */
function valueSaid({ name, expected, got }: Check, judged: BoundCall, chosen: readonly BoundCall[]): Look | undefined {
  const [wanted, seen] = [lastWord(expected), lastWord(got)];
  const spoken = new Set(name.split(/[^a-z0-9_]+/i));
  const after = chosen.filter(({ index, named }) => index > judged.index && named?.observes === true);
  for (const of of [judged, ...after].filter(({ line }) => succeeded(line))) {
    const showing = (of.named?.outputs ?? []).filter((place) => {
      const shown = shownAt(of, place);
      return place.words === undefined
        ? place.carries.some((word) => spoken.has(word.split('.').at(-1) ?? '')) && String(shown) === seen
        : place.words[seen] !== undefined && BigInt(place.words[seen]) === shown;
    });
    const place = showing.find(({ carries }) => carries.some((word) => spoken.has(word))) ?? showing[0];
    const native = place?.words === undefined ? /^\d+$/.exec(wanted)?.[0] : place.words[wanted];
    if (place === undefined || native === undefined) continue;
    return { kind: 'value', of, place, least: expected.endsWith(' or more'), expected: BigInt(native) };
  }
  return undefined;
}

/** `0, RTS` and `RTS` speak of RTS, `4 or more` of 4. */
function lastWord(text: string): string {
  return (
    text
      .replace(/ or more$/, '')
      .split(', ')
      .at(-1) ?? ''
  ).trim();
}
