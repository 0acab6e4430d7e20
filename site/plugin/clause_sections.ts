/**
 * Sets clauses as clauses: a heading that is one code span, the sentence and the list below it become one element that gets
 * everything known of the clause from the view model. Below the chapter of an object go its tables, below those on what Linux
 * ships its own, below a decision note the clauses that rest on it and the statements of the mails it settles.
 */
import type { Heading, List, Paragraph, Root, RootContent } from 'mdast';
import { valueToEstree } from 'estree-util-value-to-estree';
import type { ClauseView, ObjectView, ViewModel } from '../../runner/view_model/model.ts';
import { codesOf } from './verdict_codes.ts';
import { viewModel } from './view_model.ts';

interface Attribute {
  readonly type: 'mdxJsxAttribute';
  readonly name: string;
  readonly value: { readonly type: 'mdxJsxAttributeValueExpression'; readonly value: string; readonly data: unknown };
}

/** Name of the element for each part of an object's tables, under its heading. */
const PARTS = [
  { title: 'At a glance', element: 'ObjectFacts' },
  { title: 'Methods', element: 'Methods' },
  { title: 'Attributes', element: 'Attributes' },
  { title: 'Messages', element: 'Messages' },
] as const;

interface TableOfLinux {
  /** The heading it stands under. */
  readonly title: string;
  readonly element: string;
  /** The module of the element, which the pages that have it bring along, and no others. */
  readonly module: string;
  readonly of: (model: ViewModel) => unknown;
}

const STRUCTS = { title: 'Structs', element: 'UverbsStructs', module: 'uverbs_structs' } as const;

/** Chapters that have tables of what Linux ships. */
const TABLES: Readonly<Record<string, readonly TableOfLinux[]>> = {
  uverbs_methods: [
    { title: 'Tables', element: 'UverbsMethods', module: 'uverbs_methods', of: ({ uverbs }) => uverbs.objects },
  ],
  uverbs_commands: [
    { title: 'Commands', element: 'UverbsCommands', module: 'uverbs_commands', of: ({ uverbs }) => uverbs.commands },
  ],
  uverbs_structs: [{ ...STRUCTS, of: ({ uverbs }) => uverbs.structs }],
  uverbs_constants: [
    { title: 'Constants', element: 'UverbsConstants', module: 'uverbs_structs', of: ({ uverbs }) => uverbs.constants },
  ],
  hfi1_ioctls: [
    { title: 'Ioctls', element: 'Hfi1Ioctls', module: 'hfi1_ioctls', of: ({ uverbs }) => uverbs.hfi1.ioctls },
    { ...STRUCTS, of: ({ uverbs }) => uverbs.hfi1.structs },
  ],
};

/** Takes no options: what a configuration holds becomes part of every page. */
export function clauseSections(): (tree: Root, file: { readonly path: string }) => void {
  const model = viewModel();
  const chapters = new Map(model.chapters.map((chapter) => [chapter.file, chapter]));
  const objects = new Map(model.objects.map((object) => [object.object, object]));
  return (tree, { path }) => {
    const decision = /spec\/decisions\/([^/]+)\.md$/.exec(path.replaceAll('\\', '/'))?.[1];
    const { clauses = [], statements = [] } = model.decisions.find(({ id }) => id === decision) ?? {};
    if (clauses.length > 0)
      tree.children.push(heading('Clauses that rest on it'), element('ClauseLinks', { ids: clauses }, []));
    if (statements.length > 0)
      tree.children.push(
        heading('Statements of the mails it settles'),
        element('StatementLinks', { of: statements }, []),
      );
    const file = /spec\/(?:chapters|objects)\/[^/]+\.md$/.exec(path.replaceAll('\\', '/'))?.[0];
    const chapter = file === undefined ? undefined : chapters.get(file);
    if (chapter === undefined) return;
    tree.children = sections(tree.children, model);
    for (const { title, element: name, module, of } of TABLES[chapter.id] ?? []) {
      tree.children.unshift(imported(name, `@site/src/components/${module}.tsx`));
      tree.children.push(heading(title), element(name, { of: of(model) }, []));
    }
    const object = objects.get(chapter.object ?? '');
    if (object !== undefined) tree.children.push(...tablesOf(object, chapter.clauses.length > 0));
  };
}

function sections(children: readonly RootContent[], model: ViewModel): RootContent[] {
  const out: RootContent[] = [];
  for (let index = 0; index < children.length; index += 1) {
    const [heading, sentence, list] = children.slice(index, index + 3);
    const clause = heading === undefined ? undefined : model.clauses[clauseOf(heading) ?? ''];
    if (heading !== undefined && clause !== undefined && isParagraph(sentence) && isList(list)) {
      out.push(element('Clause', { clause: pageClause(clause, model) }, [heading, sentence]));
      index += 2;
    } else if (heading !== undefined) out.push(heading);
  }
  return out;
}

/** A clause as pages have it: of each verdict the word alone. What is behind it is fetched when a reader asks. */
export interface PageClause extends Omit<ClauseView, 'verdicts'> {
  /** See verdict_codes.ts. */
  readonly verdicts: string;
}

function pageClause(clause: ClauseView, { subjects }: ViewModel): PageClause {
  return { ...clause, verdicts: codesOf(clause.verdicts, subjects) };
}

/** The id in a heading of level 3 that is one code span. */
function clauseOf(node: RootContent): string | undefined {
  if (node.type !== 'heading' || node.depth !== 3 || node.children.length !== 1) return undefined;
  const [only] = node.children;
  return only?.type === 'inlineCode' ? only.value : undefined;
}

function isParagraph(node: RootContent | undefined): node is Paragraph {
  return node?.type === 'paragraph';
}

function isList(node: RootContent | undefined): node is List {
  return node?.type === 'list';
}

function tablesOf(object: ObjectView, apart: boolean): RootContent[] {
  const rule: RootContent[] = apart ? [{ type: 'thematicBreak' }] : [];
  return [
    ...rule,
    ...PARTS.flatMap(({ title, element: name }): RootContent[] => [heading(title), element(name, { object }, [])]),
  ];
}

function heading(text: string): Heading {
  return { type: 'heading', depth: 2, children: [{ type: 'text', value: text }] };
}

function element(
  name: string,
  properties: Readonly<Record<string, unknown>>,
  children: readonly RootContent[],
): RootContent {
  const attributes = Object.entries(properties).map(([key, value]) => attribute(key, value));
  return { type: 'mdxJsxFlowElement', name, attributes, children } as unknown as RootContent;
}

/** `import { name } from 'module'`. */
function imported(name: string, module: string): RootContent {
  const identifier = { type: 'Identifier', name };
  const declaration = {
    type: 'ImportDeclaration',
    specifiers: [{ type: 'ImportSpecifier', imported: identifier, local: identifier }],
    source: { type: 'Literal', value: module, raw: `'${module}'` },
  };
  const estree = { type: 'Program', sourceType: 'module', body: [declaration] };
  return { type: 'mdxjsEsm', value: '', data: { estree } } as unknown as RootContent;
}

/** A property whose value is a literal of the program, so that text from outside stays text. */
function attribute(name: string, value: unknown): Attribute {
  const estree = {
    type: 'Program',
    sourceType: 'module',
    body: [{ type: 'ExpressionStatement', expression: valueToEstree(value) }],
  };
  return {
    type: 'mdxJsxAttribute',
    name,
    value: { type: 'mdxJsxAttributeValueExpression', value: '', data: { estree } },
  };
}
