/**
 * Relocates a script: a string that names the made-up place becomes a call that puts in the real one when it runs.
 * Inside the string a short stand-in takes the place of the marker; prelude.ts says what the calls do.
 */
import { parse, type AnyNode, type Literal, type Program } from 'acorn';
import { fullAncestor } from 'acorn-walk';
import MagicString from 'magic-string';
import { BASE, HOST, mentions, type Finding, type Moved } from './marker.ts';
import { BASE_HERE, HOST_HERE, prelude, SITE } from './prelude.ts';

export interface MovedScript extends Moved {
  /** True for a script that can be the first of the site's to run; it works out where the site is. */
  readonly first: boolean;
}

/** `root` is the relative path from the script's folder to the root of the site, such as `../../`. */
export function moveScript(code: string, root: string): MovedScript {
  const named = mentions(code);
  if (named.length === 0) return { text: code, findings: [], first: false };
  const program = parsed(code);
  if ('words' in program) return { text: code, findings: [program], first: false };
  const script = new MagicString(code);
  const moved: { readonly start: number; readonly end: number }[] = [];
  const publicPaths: Literal[] = [];

  const move = (node: { start: number; end: number }, value: string, put: (text: string) => string): void => {
    const raw = code.slice(node.start, node.end);
    const text = standIn(raw);
    // What is escaped in the source, or takes a stand-in for itself, is left for the complaint below.
    if (mentions(value).length !== mentions(raw).length || text === undefined) return;
    script.overwrite(node.start, node.end, put(text));
    moved.push(node);
  };
  const visit = (node: AnyNode, ancestors: readonly AnyNode[]): void => {
    const parent = ancestors.at(-2);
    if (isText(node) && parent?.type !== 'ExpressionStatement' && !/^(Im|Ex)port/.test(parent?.type ?? '')) {
      if (isPublicPath(node, parent)) publicPaths.push(node);
      move(node, node.value, (text) => `${reader(node, ancestors)}(${text})`);
    } else if (node.type === 'Property' && !node.computed && isText(node.key)) {
      move(node.key, node.key.value, (text) => `[${SITE}(${text})]`);
    } else if (node.type === 'TemplateLiteral' && parent?.type !== 'TaggedTemplateExpression') {
      for (const quasi of node.quasis.filter(({ value }) => mentions(value.raw).length > 0)) {
        move(quasi, quasi.value.raw, (text) => `\${${SITE}(\`${text}\`)}`);
      }
    }
  };
  fullAncestor(program, (node, _state, ancestors) => {
    visit(node, ancestors);
  });
  const first = publicPaths.length > 0;
  const findings = named.filter(({ offset }) => !moved.some(({ start, end }) => start <= offset && offset < end));
  return { text: `${first ? prelude(root) : ''}${script.toString()}`, findings, first };
}

function parsed(code: string): Program | Finding {
  try {
    return parse(code, { ecmaVersion: 'latest', sourceType: 'script', allowImportExportEverywhere: true });
  } catch (thrown) {
    const { pos, message } = thrown as SyntaxError & { readonly pos: number };
    return { offset: pos, words: message };
  }
}

function isText(node: AnyNode): node is Literal & { value: string } {
  return node.type === 'Literal' && typeof node.value === 'string' && mentions(node.value).length > 0;
}

/** The source of a string with stand-ins for what is made up; undefined where that would say something else. */
function standIn(raw: string): string | undefined {
  if (raw.includes(BASE_HERE) || raw.includes(HOST_HERE)) return undefined;
  const text = raw.replaceAll(HOST, HOST_HERE).replaceAll(BASE, BASE_HERE);
  return mentions(text).length === 0 ? text : undefined;
}

/** Where the bundler keeps the path it loads everything else from: `n.p = BASE`. */
function isPublicPath({ value }: Literal, parent: AnyNode | undefined): boolean {
  return value === BASE && parent?.type === 'AssignmentExpression' && isMember(parent.left, 'p');
}

/** What has to be escaped in the real place depends on who reads the string. */
function reader(node: AnyNode, ancestors: readonly AnyNode[]): string {
  const [object, parent] = [ancestors.at(-3), ancestors.at(-2)];
  if (parent?.type === 'CallExpression' && parent.arguments[0] === node && isMember(parent.callee, 'parse')) {
    return `${SITE}.json`;
  }
  const route = object?.type === 'ObjectExpression' && object.properties.some((one) => isKey(one, 'component'));
  return route && parent !== undefined && isKey(parent, 'path') ? `${SITE}.route` : SITE;
}

function isMember(node: AnyNode, name: string): boolean {
  return node.type === 'MemberExpression' && node.property.type === 'Identifier' && node.property.name === name;
}

function isKey(node: AnyNode, name: string): boolean {
  return node.type === 'Property' && !node.computed && node.key.type === 'Identifier' && node.key.name === name;
}
