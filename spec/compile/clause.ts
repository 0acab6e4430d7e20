/** A clause: from its raw text to the normative unit everything else refers to by its id. */
import type { AbiId, Basis, Clause, SourceRef, Subject } from '../model.ts';
import type { Report } from '../problem.ts';
import { parseErrno } from './clause_errno.ts';
import { demandsRefusal, parseSentence } from './clause_sentence.ts';
import { clauseDigest } from './digest.ts';
import { KERNEL_SOURCE, kernelSource, seemsKernelSource } from './kernel_source.ts';
import type { ClauseText, Located } from './markdown.ts';
import { unknownName } from './names.ts';

const KEYS = ['subject', 'abi', 'errno', 'basis', 'source', 'since', 'until', 'not testable', 'withdrawn'] as const;
type Key = (typeof KEYS)[number];

const ABIS: readonly AbiId[] = ['uapi', 'uverbs'];
const SUBJECTS: readonly Subject[] = ['core', 'driver', 'provider', 'device', 'consumer'];
const BASES: readonly Basis[] = ['agreed', 'proposed', 'shipped', 'decided'];

type Items = ReadonlyMap<Key, Located>;

/** `sources`: keys of spec/sources.yaml, undefined where it could not be read. Undefined answer: reported and unusable. */
export function compileClause(
  text: ClauseText,
  chapter: string,
  sources: ReadonlySet<string> | undefined,
  report: Report,
): Clause | undefined {
  const { id, sentence: paragraph } = text;
  if (!/^[a-z][a-z0-9]*(-[a-z0-9]+)*$/.test(id.text)) {
    report(id.place, `\`${id.text}\` is no clause id: lower case words joined by -`);
  }
  if (paragraph === undefined) {
    report(id.place, `the clause \`${id.text}\` has no sentence: one paragraph directly below its heading`);
  } else if (text.items.length === 0) {
    report(
      paragraph.place,
      'this paragraph must be followed by the list of the clause: - subject: …, - abi: …, - basis: …',
    );
  }
  if (paragraph === undefined || text.items.length === 0) return undefined;

  const { sentence, level, faults } = parseSentence(paragraph.text);
  for (const fault of faults) report(paragraph.place, fault);
  const items = collectItems(text.items, report);
  const subject = oneOf(items, 'subject', SUBJECTS, id, report);
  const basis = oneOf(items, 'basis', BASES, id, report);
  const abi = abisOf(items, id, report);
  const refusal = errnoOf(items, abi, report);
  if (level === 'must' && demandsRefusal(sentence) && !items.has('errno')) {
    report(id.place, `\`${id.text}\` demands a refusal and names no errno: add \`- errno: NAME\``);
  }
  const rest = {
    sources: sourcesOf(items, id, sources, report),
    ...kernelVersions(items, report),
    ...exclusions(items, report),
  };
  if (level === undefined || subject === undefined || basis === undefined) return undefined;
  const clause = {
    id: id.text,
    chapter,
    sentence,
    level,
    subject,
    abi,
    ...refusal,
    basis,
    ...rest,
    place: id.place,
  };
  return { ...clause, digest: clauseDigest(clause) };
}

function collectItems(list: readonly Located[], report: Report): Items {
  const items = new Map<Key, Located>();
  for (const { text, place } of list) {
    const [, before = '', name = text, rest = ''] = /^(([^:]*):\s*)(.*)$/.exec(text) ?? [];
    const key = KEYS.find((one) => one === name.trim());
    if (key === undefined) report(place, unknownName(name.trim(), { kind: 'key', known: KEYS }));
    else if (items.has(key)) report(place, `\`${key}\` stands twice in this clause; keep one`);
    else {
      items.set(key, { text: rest, place: { ...place, column: place.column + before.length } });
      if (rest === '') report(place, `\`${key}\` has no value`);
    }
  }
  return items;
}

function oneOf<T extends string>(
  items: Items,
  key: Key,
  words: readonly T[],
  id: Located,
  report: Report,
): T | undefined {
  const item = items.get(key);
  if (item === undefined) {
    report(id.place, `\`${id.text}\` has no \`${key}\`: add one of ${words.join(', ')}`);
    return undefined;
  }
  const word = words.find((one) => one === item.text);
  if (word === undefined && item.text !== '') report(item.place, unknownName(item.text, { kind: key, known: words }));
  return word;
}

/** In the order of `ABIS`, so that the order of writing does not change the digest. */
function abisOf(items: Items, id: Located, report: Report): readonly AbiId[] {
  const item = items.get('abi');
  if (item === undefined) {
    report(id.place, `\`${id.text}\` has no \`abi\`: add ${ABIS.join(', ')} or one of them`);
    return [];
  }
  const words = item.text.split(',').map((word) => word.trim());
  for (const word of words.filter((one) => one !== '' && !ABIS.some((abi) => abi === one))) {
    report(item.place, unknownName(word, { kind: 'ABI', known: ABIS }));
  }
  return ABIS.filter((abi) => words.includes(abi));
}

function errnoOf(items: Items, abi: readonly AbiId[], report: Report): Pick<Clause, 'errno' | 'errnoReason'> {
  const item = items.get('errno');
  // Without a known ABI there is nothing to compare with, and that has been reported.
  if (item === undefined || item.text === '' || abi.length === 0) return {};
  const { faults, ...errno } = parseErrno(item.text, abi);
  for (const fault of faults) report(item.place, fault);
  return errno;
}

function sourcesOf(items: Items, id: Located, known: ReadonlySet<string> | undefined, report: Report): SourceRef[] {
  const item = items.get('source');
  if (item === undefined) {
    report(id.place, `\`${id.text}\` has no \`source\`: name what it rests on, for decided clauses the decision note`);
    return [];
  }
  const entries = item.text.split(';').map((entry) => entry.trim());
  return entries
    .filter((entry) => entry !== '')
    .map((entry) => {
      const [, key = entry, detail = ''] = /^(\S+)\s+(.*)$/.exec(entry) ?? [];
      if (known?.has(key) === false && kernelSource(key) === undefined) {
        const where = seemsKernelSource(key) ? `write ${KERNEL_SOURCE}` : 'sources stand in spec/sources.yaml';
        report(item.place, `unknown source \`${key}\`; ${where}`);
      }
      return { key, detail };
    });
}

function kernelVersions(items: Items, report: Report): Pick<Clause, 'since' | 'until'> {
  const found: { since?: string; until?: string } = {};
  for (const key of ['since', 'until'] as const) {
    const item = items.get(key);
    if (item === undefined || item.text === '') continue;
    if (!/^\d+\.\d+$/.test(item.text)) report(item.place, `\`${key}\` is a kernel version such as 4.20`);
    found[key] = item.text;
  }
  return found;
}

/** The two ways in which a clause does without a check. */
function exclusions(items: Items, report: Report): Pick<Clause, 'notTestable' | 'withdrawn'> {
  const untestable = items.get('not testable');
  const withdrawn = items.get('withdrawn')?.text;
  const because = /^because\s+(.*)$/.exec(untestable?.text ?? '')?.[1];
  if (untestable !== undefined && untestable.text !== '' && because === undefined) {
    report(untestable.place, 'say why: `not testable: because …`');
  }
  return {
    ...(because === undefined ? {} : { notTestable: because }),
    ...(withdrawn === undefined || withdrawn === '' ? {} : { withdrawn }),
  };
}
