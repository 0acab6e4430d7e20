/** What the search of the site finds, and where: every entry has one address. */
import type {
  ChapterView,
  CitedSource,
  ClauseView,
  DecisionView,
  ErrnoView,
  EventView,
  FeaturePageView,
  ObjectView,
  ProfileView,
  ProvenanceView,
  SearchEntry,
  Term,
  UverbsView,
} from './model.ts';

export interface Searched {
  readonly chapters: readonly ChapterView[];
  readonly clauses: Readonly<Record<string, ClauseView>>;
  readonly objects: readonly ObjectView[];
  readonly features: readonly FeaturePageView[];
  readonly terms: readonly Term[];
  readonly errnos: readonly ErrnoView[];
  readonly events: readonly EventView[];
  readonly uverbs: UverbsView;
  readonly decisions: readonly DecisionView[];
  readonly sources: readonly CitedSource[];
  readonly profiles: readonly ProfileView[];
  readonly provenance: ProvenanceView;
}

export function searchEntries(model: Searched): SearchEntry[] {
  const { chapters, clauses, objects, features, terms, errnos, events, uverbs, decisions, sources } = model;
  const { profiles, provenance } = model;
  const addresses = new Map(chapters.map((chapter) => [chapter.id, chapterAddress(chapter)]));
  return [
    ...Object.values(clauses).map((clause) => clauseEntry(clause, addresses.get(clause.chapter) ?? '')),
    ...chapters.map((chapter) => entry('chapter', chapter.title, '', chapter.id, chapterAddress(chapter))),
    ...objects.flatMap(objectEntries),
    ...errnos.map(({ errno, number }) =>
      entry('errno', errno, `errno ${String(number)}`, '', `indexes/#errno-${errno}`),
    ),
    ...events.map(({ event, about }) =>
      entry('event', event, `event of ${about.toLowerCase()}`, '', `indexes/#event-${event}`),
    ),
    ...uverbsEntries(uverbs),
    ...terms.map(({ term, meaning, anchor }) =>
      entry('term', plainText(term), plainText(meaning), '', `glossary/#${anchor}`),
    ),
    ...decisions.map(({ id, number, title }) =>
      entry('decision', title, `decision ${number}`, number, `decisions/${id}/`),
    ),
    ...sources.map(({ key, title, from = '', date = '', kind }) =>
      entry('source', key, `${title}, ${from} ${date}`, kind, `sources/#source-${key.replaceAll(/[/:@]/g, '-')}`),
    ),
    ...profiles.map(({ id, title, purpose, digest }) =>
      entry('profile', `profile ${id}: ${title}`, purpose, `certify ${digest}`, `profiles/${id}/`),
    ),
    ...provenance.statements.map(({ number, says, who, standing, mails }) =>
      entry(
        'statement',
        `statement ${String(number)}, ${who.join(' and ')}`,
        says,
        [standing, ...mails.map(({ key }) => key)].join(' '),
        `provenance/#statement-${String(number)}`,
      ),
    ),
    ...features.flatMap(({ page, features: files }) =>
      files.flatMap(({ rules }) =>
        rules.flatMap(({ scenarios }) =>
          scenarios.map(({ anchor, name, steps }) =>
            entry('feature', name, steps.map(({ text }) => text).join('. '), page, `scenarios/${page}/#${anchor}`),
          ),
        ),
      ),
    ),
  ];
}

/** `spec/objects/qp.md` is shown at `objects/qp/`. */
export function chapterAddress({ file }: Pick<ChapterView, 'file'>): string {
  return `${file.replace(/^spec\//, '').replace(/\.md$/, '')}/`;
}

function clauseEntry(
  { id, sentence, errno = {}, level, subject, chapter, sources, withdrawn }: ClauseView,
  address: string,
): SearchEntry {
  const names = [...new Set(Object.values(errno).flat())];
  const words = [
    ...names,
    level,
    subject,
    chapter,
    ...sources.map(({ key }) => key),
    ...(withdrawn === undefined ? [] : ['withdrawn']),
  ];
  return entry('clause', id, plainText(sentence), words.join(' '), `${address}#${id}`);
}

function objectEntries({ object, title, attributes, methods }: ObjectView): SearchEntry[] {
  const page = `objects/${object}/`;
  return [
    entry('object', `${object}: ${title}`, '', object, page),
    ...methods.map(({ name, meaning }) => entry('method', `${object}.${name}`, meaning, '', `${page}#method-${name}`)),
    ...attributes.map(({ name, meaning, type }) =>
      entry('attribute', `${object}.${name}`, meaning, type, `${page}#attribute-${name}`),
    ),
  ];
}

/** By the kernel's names. */
function uverbsEntries({ objects, commands, structs, constants, hfi1 }: UverbsView): SearchEntry[] {
  const page = (name: string): string => `chapters/uverbs_${name}/`;
  return [
    ...objects.flatMap(({ name, methods }) =>
      methods.map((method) =>
        entry(
          'uverbs',
          method.constant,
          `method ${String(method.id)} of ${name}`,
          method.attributes.map((attribute) => attribute.constant).join(' '),
          `${page('methods')}#${method.constant}`,
        ),
      ),
    ),
    ...commands.map(({ constant, number, name }) =>
      entry('uverbs', constant, `write command ${String(number)}`, name, `${page('commands')}#${constant}`),
    ),
    ...structs.map(({ name, bytes }) =>
      entry('uverbs', `struct ${name}`, `${String(bytes)} bytes`, '', `${page('structs')}#struct-${name}`),
    ),
    ...constants.map(({ name, prefix, members, enum: type = '' }) =>
      entry(
        'uverbs',
        `${prefix}*`,
        `${type === '' ? 'constants' : `enum ${type}`}: ${members.map((member) => member.name).join(', ')}`,
        members.map((member) => `${prefix}${member.name}`).join(' '),
        `${page('constants')}#constants-${name}`,
      ),
    ),
    ...hfi1.ioctls.map(({ name, means }) =>
      entry('uverbs', `HFI1_IOCTL_${name}`, means, 'hfi1', `chapters/hfi1_ioctls/#hfi1-${name}`),
    ),
  ];
}

function entry(kind: SearchEntry['kind'], title: string, text: string, words: string, url: string): SearchEntry {
  return { kind, title, text, words, url };
}

/** Markdown without its marks. */
function plainText(markdown: string): string {
  return markdown.replaceAll(/[*`_]{1,2}(\S[^*`]*?)[*`_]{1,2}/g, '$1').replaceAll(/\[([^\]]*)\]\([^)]*\)/g, '$1');
}
