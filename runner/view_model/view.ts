/** Joins what is known into the view model, and writes it: the document, the search entries, the evidence. */
import type { Spec } from '../../spec/model.ts';
import type { Features } from '../run/features.ts';
import { clauseViews, inForce } from './clauses.ts';
import { coverageView } from './coverage_view.ts';
import { decisionsOf } from './decisions.ts';
import { defectsOf } from './defects.ts';
import { writtenFeatures, type Origin, type ResultsBySubject } from './features.ts';
import { machinesOf } from './machines.ts';
import { VIEW_FORMAT, type ChapterView, type ViewModel } from './model.ts';
import { objectsOf } from './objects.ts';
import { demandedBy, profileViews } from './profiles.ts';
import { publishedResults, type Published } from './published.ts';
import { requireFresh } from './stale.ts';
import { searchEntries } from './search.ts';
import { provenanceView, statementsOf } from './statements.ts';
import { subjectViews, verdictsByClause } from './subjects.ts';
import { uverbsOf } from './uverbs.ts';
import { citedSources, errnosOf, eventsOf, termsOf } from './words.ts';

export interface Sources {
  readonly root: string;
  readonly spec: Spec;
  readonly features: Features;
  readonly tool: string;
  /** Folder of the published results. */
  readonly results: string;
}

export interface View {
  readonly model: ViewModel;
  readonly published: readonly Published[];
  readonly origins: ReadonlyMap<string, Origin>;
}

export async function viewOf({ root, spec, features, tool, results: folder }: Sources): Promise<View> {
  const published = await publishedResults(folder, root, spec);
  requireFresh(spec, published);
  const results: ResultsBySubject = new Map(
    published.map(({ id, document }) => [id, new Map(document.scenarios.map((scenario) => [scenario.id, scenario]))]),
  );
  const binding = inForce(spec);
  const written = writtenFeatures(root, results);
  const defects = await defectsOf(folder, root, spec, features.digest);
  const notes = decisionsOf(root, binding);
  const verdicts = verdictsByClause(published, spec);
  const profiles = profileViews(spec, features, published);
  const provenance = provenanceView(spec, features.scenarios, notes);
  const statements = statementsOf(provenance);
  const decisions = notes.map((note) => ({ ...note, statements: statements.decision.get(note.id) ?? [] }));
  const parts = {
    parts: spec.parts,
    chapters: chaptersOf(spec),
    clauses: clauseViews(spec, {
      verdicts,
      pages: written.pages,
      defects: defects.defects,
      decisions,
      published,
      profiles: demandedBy(profiles),
      statements: statements.clause,
    }),
    objects: objectsOf(spec),
    features: written.pages,
    terms: termsOf(spec, root),
    errnos: errnosOf(binding),
    events: eventsOf(spec, binding),
    uverbs: uverbsOf(spec),
    decisions,
    sources: citedSources(spec, binding, statements.mail),
    profiles,
    provenance,
  };
  const model: ViewModel = {
    format: VIEW_FORMAT,
    tool,
    specification: { version: spec.version, digest: spec.digest, features: features.digest },
    subjects: subjectViews(published, spec, features.digest),
    ...parts,
    enums: spec.enums,
    flags: spec.flags,
    structs: spec.structs,
    machines: machinesOf(spec, published, written.origins),
    coverage: coverageView(
      spec,
      features.scenarios,
      published.map(({ document }) => document),
    ),
    defects,
    search: searchEntries(parts),
  };
  return { model, published, origins: written.origins };
}

function chaptersOf(spec: Spec): ChapterView[] {
  return spec.chapters.map((chapter) =>
    Object.hasOwn(spec.objects, chapter.id) ? { ...chapter, object: chapter.id } : chapter,
  );
}
