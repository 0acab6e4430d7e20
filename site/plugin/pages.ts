/** The pages that are drawn from the view model alone: one row each, with the data it needs and nothing else. */
import type { LoadContext, Plugin } from '@docusaurus/types';
import type { ClauseView, SubjectView, ViewModel } from '../../runner/view_model/model.ts';
import { codesOf } from './verdict_codes.ts';
import { generated } from './generated.ts';
import { VIEW, viewModel } from './view_model.ts';

interface Page {
  /** Below the root, with slashes around it. */
  readonly path: string;
  /** File in src/pages_of_model. */
  readonly component: string;
  readonly data: unknown;
}

/** What every page may need: small, since it is part of each. */
export interface Shared {
  readonly subjects: readonly Pick<SubjectView, 'id' | 'label' | 'backend' | 'model' | 'abi' | 'study'>[];
  /** By page: the clauses on it. */
  readonly clauses: Readonly<Record<string, readonly string[]>>;
}

export function pages(context: LoadContext): Plugin {
  return {
    name: 'view-model-pages',
    getPathsToWatch: () => [`${VIEW}/model.json`],
    async contentLoaded({ actions }) {
      const model = viewModel();
      actions.setGlobalData(sharedOf(model));
      for (const [index, { path, component, data }] of pagesOf(model).entries()) {
        const file = await actions.createData(`page-${String(index)}.json`, JSON.stringify(data));
        actions.addRoute({
          path: `${context.baseUrl}${path.slice(1)}`,
          component: `@site/src/pages_of_model/${component}.tsx`,
          modules: { data: generated(context, file) },
          exact: true,
        });
      }
    },
  };
}

/** Where each clause stands, and short names of the subjects. */
function sharedOf({ subjects, chapters }: ViewModel): Shared {
  return {
    subjects: subjects.map(({ id, label, backend, model, abi, study }) => ({ id, label, backend, model, abi, study })),
    clauses: Object.fromEntries(
      chapters
        .filter(({ clauses }) => clauses.length > 0)
        .map(({ file, clauses }) => [file.replace(/^spec\//, '').replace(/\.md$/, ''), clauses]),
    ),
  };
}

/** What the table of contents says of each page. */
function entriesOf({ chapters, clauses }: ViewModel): unknown[] {
  return chapters.map(({ id, title, part, file, clauses: its }) => ({
    id,
    title,
    part,
    to: file.replace(/^spec/, '').replace(/\.md$/, '/'),
    clauses: its.filter((clause) => clauses[clause]?.withdrawn === undefined).length,
  }));
}

function pagesOf(model: ViewModel): Page[] {
  const {
    subjects,
    parts,
    chapters,
    clauses,
    features,
    machines,
    coverage,
    defects,
    terms,
    errnos,
    events,
    decisions,
    specification,
    objects,
    profiles,
    provenance,
  } = model;
  const titles = chapters.map(({ id, title, file, clauses: its }) => ({ id, title, file, clauses: its.length }));
  const levels = count(
    Object.values(clauses).map(({ level, withdrawn }) => (withdrawn === undefined ? level : 'withdrawn')),
  );
  const rows = profiles.map(({ chapters: _chapters, requires: _requires, mayLack: _mayLack, ...profile }) => ({
    ...profile,
    judgements: profile.judgements.map(({ subject, outcome, carried, lacks, counts }) => ({
      subject,
      outcome,
      carried,
      lacks,
      counts,
    })),
  }));
  const overview = subjects.map(({ counts: _counts, open: _open, notApplicable: _reasons, ...subject }) => subject);
  const scenarios = features.reduce((total, page) => total + page.scenarios, 0);
  const proven = { musts: defects.musts, caught: defects.mustsWithCaught, defects: defects.defects.length };
  return [
    {
      path: '/',
      component: 'home',
      data: {
        subjects: overview,
        levels,
        scenarios,
        proven,
        specification,
        objects: objects.length,
        decisions: decisions.length,
        statements: provenance.statements.length,
        profiles: rows,
      },
    },
    { path: '/contents/', component: 'contents', data: { parts, chapters: entriesOf(model) } },
    { path: '/results/', component: 'results', data: { subjects, chapters: titles, profiles: rows } },
    ...subjects.map((subject) => ({
      path: `/results/${subject.id}/`,
      component: 'result',
      data: { subject, chapters: titles, clauses: briefly(model, subject.id), profiles: rows, specification },
    })),
    { path: '/profiles/', component: 'profiles', data: { profiles: rows } },
    ...profiles.map((profile) => ({
      path: `/profiles/${profile.id}/`,
      component: 'profile',
      data: { profile, chapters: titles, subjects: subjects.map(judged) },
    })),
    { path: '/provenance/', component: 'provenance', data: { provenance, codes: codesFor(model) } },
    { path: '/coverage/', component: 'coverage', data: { coverage, chapters: titles, subjects: overview } },
    { path: '/defects/', component: 'defects', data: { defects } },
    {
      path: '/scenarios/',
      component: 'scenarios',
      data: {
        pages: features.map(({ page, scenarios: number, features: files }) => ({
          page,
          scenarios: number,
          features: files.map(({ name, description }) => ({ name, description })),
        })),
      },
    },
    ...features.map((page) => ({ path: `/scenarios/${page.page}/`, component: 'scenario', data: { page } })),
    { path: '/state-machines/', component: 'machines', data: { machines } },
    ...machines.machines.map((machine) => ({
      path: `/state-machines/${machine.id}/`,
      component: 'machine',
      data: {
        machine,
        states: machines.states,
        posting: machines.posting,
        others: machines.machines.map(({ id, table, type }) => ({ id, table, type })),
      },
    })),
    { path: '/glossary/', component: 'glossary', data: { terms } },
    { path: '/types/', component: 'types', data: { enums: model.enums, flags: model.flags, structs: model.structs } },
    { path: '/indexes/', component: 'indexes', data: { errnos, events } },
    { path: '/sources/', component: 'sources', data: { sources: model.sources } },
    {
      path: '/decisions/',
      component: 'decisions',
      data: { decisions: decisions.map(({ statements: _, ...decision }) => decision) },
    },
    { path: '/search/', component: 'search', data: {} },
  ];
}

/** What the page of a profile says of a subject. */
export type JudgedSubject = Pick<SubjectView, 'id' | 'label' | 'abi' | 'study' | 'implementation' | 'version' | 'file'>;

function judged({ id, label, abi, study, implementation, version, file }: SubjectView): JudgedSubject {
  return { id, label, abi, study, implementation, version, file };
}

/** Of every clause that a statement became: the verdicts of all subjects. */
function codesFor({ provenance, clauses, subjects }: ViewModel): Readonly<Record<string, string>> {
  const named = new Set(provenance.statements.flatMap((statement) => statement.clauses.map(({ clause }) => clause)));
  return Object.fromEntries([...named].map((id) => [id, codesOf(clauses[id]?.verdicts ?? [], subjects)]));
}

/** The clauses a subject's page names: those that call for a look, with sentence and verdict. */
function briefly({ clauses, subjects }: ViewModel, id: string): unknown {
  const wanted = subjects.find((subject) => subject.id === id)?.findings ?? [];
  return wanted.flatMap((name) => {
    const clause = clauses[name];
    const verdict = clause?.verdicts.find(({ subject }) => subject === id);
    return clause === undefined || verdict === undefined
      ? []
      : [{ id: name, sentence: clause.sentence, verdict, known: knownOf(clause, id) }];
  });
}

/** What is known of the subject's deviations from the clause. */
function knownOf({ deviations }: ClauseView, subject: string): readonly string[] {
  return deviations.filter(({ shownBy }) => shownBy.includes(subject)).map(({ what }) => what);
}

function count(words: readonly string[]): Readonly<Record<string, number>> {
  const counts: Record<string, number> = {};
  for (const word of words) counts[word] = (counts[word] ?? 0) + 1;
  return counts;
}
