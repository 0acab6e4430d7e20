/** spec/profiles/*.yaml: sets of clauses that can be claimed together. */
import { CAPABILITIES } from '../capabilities.ts';
import type { AbiId, Chapter, Clause, Profile } from '../model.ts';
import type { Report } from '../problem.ts';
import { digestOf } from './digest.ts';
import { listFiles } from './files.ts';
import { checkItems, checkKeys } from './names.ts';
import { satisfies } from './schema.ts';
import { readYaml, type YamlFile } from './yaml_file.ts';

const FOLDER = 'spec/profiles';

interface ProfileSource {
  readonly profile: string;
  readonly title: string;
  readonly purpose: string;
  readonly certified: boolean;
  readonly because?: string;
  readonly abi: readonly AbiId[];
  readonly includes?: readonly string[];
  readonly chapters?: readonly string[];
  readonly clauses?: readonly string[];
  readonly except?: Readonly<Record<string, string>>;
  readonly requires?: readonly string[];
  readonly may_lack?: readonly string[];
  readonly not_covered?: readonly string[];
}

type Sources = ReadonlyMap<string, ProfileSource>;

/** `clauses` is undefined where they could not be read; then no profile says anything. */
export function compileProfiles(
  root: string,
  chapters: readonly Chapter[],
  clauses: Readonly<Record<string, Clause>> | undefined,
  report: Report,
): Readonly<Record<string, Profile>> {
  const files: { yaml: YamlFile; source: ProfileSource }[] = [];
  for (const file of listFiles(root, FOLDER, '.yaml', report)) {
    const yaml = readYaml(root, file, report);
    if (yaml === undefined || !satisfies(yaml, 'profile', report)) continue;
    const source = yaml.value as ProfileSource;
    if (file !== `${FOLDER}/${source.profile}.yaml`)
      report(yaml.at(['profile']), `the profile \`${source.profile}\` belongs into ${FOLDER}/${source.profile}.yaml`);
    files.push({ yaml, source });
  }
  if (clauses === undefined) return {};
  const sources: Sources = new Map(files.map(({ source }) => [source.profile, source]));
  for (const file of files) check(file.yaml, file.source, { sources, chapters, clauses }, report);
  const order = Object.keys(clauses);
  return Object.fromEntries(
    files.map(({ source }) => [source.profile, resolved(source, sources, clauses, order)] as const),
  );
}

interface World {
  readonly sources: Sources;
  readonly chapters: readonly Chapter[];
  readonly clauses: Readonly<Record<string, Clause>>;
}

function check(yaml: YamlFile, source: ProfileSource, { sources, chapters, clauses }: World, report: Report): void {
  const { includes = [], requires = [], may_lack: mayLack = [] } = source;
  const others = [...sources.keys()].filter((name) => name !== source.profile);
  checkItems(yaml, ['includes'], includes, { kind: 'profile', known: others }, report);
  for (const [index, name] of includes.entries())
    if (all(name, sources).some(({ profile }) => profile === source.profile))
      report(yaml.at(['includes', index]), `\`${name}\` includes this profile itself`);
  const pages = { kind: 'chapter', known: chapters.map(({ id }) => id) };
  checkItems(yaml, ['chapters'], source.chapters ?? [], pages, report);
  for (const [index, id] of (source.clauses ?? []).entries())
    if (clauses[id] === undefined) report(yaml.at(['clauses', index]), `there is no clause \`${id}\``);
  const words = { kind: 'capability', known: CAPABILITIES };
  checkItems(yaml, ['requires'], requires, words, report);
  checkItems(yaml, ['may_lack'], mayLack, words, report);
  for (const [index, word] of mayLack.entries())
    if (requires.includes(word)) report(yaml.at(['may_lack', index]), `\`${word}\` is required as well`);
  if (!source.certified && source.because === undefined)
    report(yaml.at(['certified']), 'a profile that is never certified says why under `because`');
  if (source.certified && source.because !== undefined)
    report(yaml.at(['because']), 'this is why a profile is never certified, and this one is');
  const own = ownClauses(source, clauses);
  checkKeys(yaml, ['except'], source.except ?? {}, { kind: 'clause of its chapters', known: own }, report);
  if (own.length === 0 && includes.length === 0) report(yaml.at(['profile']), 'this profile demands nothing');
}

/** A profile and all that it includes, each once. */
function all(name: string, sources: Sources, seen = new Set<string>()): readonly ProfileSource[] {
  const source = sources.get(name);
  if (source === undefined || seen.has(name)) return [];
  seen.add(name);
  return [source, ...(source.includes ?? []).flatMap((other) => all(other, sources, seen))];
}

function ownClauses(source: ProfileSource, clauses: Readonly<Record<string, Clause>>): readonly string[] {
  const chapters = new Set(source.chapters);
  const named = new Set(source.clauses);
  return Object.values(clauses)
    .filter(({ id, chapter, withdrawn }) => withdrawn === undefined && (chapters.has(chapter) || named.has(id)))
    .map(({ id }) => id);
}

function resolved(
  source: ProfileSource,
  sources: Sources,
  clauses: Readonly<Record<string, Clause>>,
  order: readonly string[],
): Profile {
  const parts = all(source.profile, sources);
  const except = Object.assign({}, ...parts.map((part) => part.except ?? {})) as Record<string, string>;
  const demanded = new Set(parts.flatMap((part) => ownClauses(part, clauses)));
  const union = (of: (part: ProfileSource) => readonly string[] | undefined): string[] => [
    ...new Set(parts.flatMap((part) => of(part) ?? [])),
  ];
  const requires = union((part) => part.requires);
  const content = {
    id: source.profile,
    title: source.title,
    purpose: source.purpose,
    certified: source.certified,
    ...(source.because === undefined ? {} : { because: source.because }),
    abi: source.abi,
    clauses: order.filter((id) => demanded.has(id) && except[id] === undefined),
    except,
    requires,
    // What an included profile can do without, this one may need.
    mayLack: union((part) => part.may_lack).filter((word) => !requires.includes(word)),
    notCovered: union((part) => part.not_covered),
  };
  return { ...content, digest: digestOf(content) };
}
