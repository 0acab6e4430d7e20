/** spec/libibverbs.yaml: the functions of libibverbs 1.0, and the calls each comes to. */
import type { AbiId, Clause, LibraryFunction, ObjectTable } from '../model.ts';
import type { Report } from '../problem.ts';
import { unknownName } from './names.ts';
import { satisfies } from './schema.ts';
import { readYaml, type YamlFile } from './yaml_file.ts';

const FILE = 'spec/libibverbs.yaml';
const ABIS = ['uapi', 'uverbs'] as const;

type Entry = Omit<LibraryFunction, 'inline' | 'calls' | 'returns' | 'clauses'> &
  Partial<Record<AbiId, readonly string[]>> & {
    readonly inline?: boolean;
    readonly returns?: readonly string[];
    readonly clauses?: readonly string[];
  };

export interface Callable {
  readonly objects: Readonly<Record<string, ObjectTable>>;
  /** File name without extension -> what the file in spec/abi/uverbs holds. */
  readonly uverbs: Readonly<Record<string, unknown>>;
  /** Undefined where clauses could not be read; names of them are then not checked. */
  readonly clauses: Readonly<Record<string, Clause>> | undefined;
}

export function compileLibrary(root: string, callable: Callable, report: Report): readonly LibraryFunction[] {
  const yaml = readYaml(root, FILE, report);
  if (yaml === undefined || !satisfies(yaml, 'libibverbs', report)) return [];
  const known = { uapi: uapiCalls(callable), uverbs: uverbsCalls(callable) };
  const seen = new Set<string>();
  return (yaml.value as readonly Entry[]).map((entry, index) => {
    const { uapi = [], uverbs = [], inline = false, returns = [], clauses = [], ...rest } = entry;
    if (seen.has(entry.function)) report(yaml.at([index, 'function']), `\`${entry.function}\` stands here twice`);
    seen.add(entry.function);
    for (const abi of ABIS) checkCalls(yaml, index, abi, entry[abi] ?? [], known[abi], callable, report);
    checkWhy(yaml, index, entry, report);
    for (const [position, id] of clauses.entries())
      if (callable.clauses !== undefined && callable.clauses[id] === undefined)
        report(yaml.at([index, 'clauses', position]), `there is no clause \`${id}\``);
    return { ...rest, inline, calls: { uapi, uverbs }, returns, clauses };
  });
}

function checkCalls(
  yaml: YamlFile,
  index: number,
  abi: AbiId,
  calls: readonly string[],
  known: readonly string[],
  { objects }: Callable,
  report: Report,
): void {
  for (const [position, call] of calls.entries()) {
    const at = yaml.at([index, abi, position]);
    const [, of] = call.split(' ');
    if (of === undefined) {
      if (!known.includes(call)) report(at, unknownName(call, { kind: `call of \`${abi}\``, known }));
    } else if (objects[of] === undefined) report(at, unknownName(of, { kind: 'object', known: Object.keys(objects) }));
  }
}

/** Whoever makes no call says why, and whoever makes some says what goes where. */
function checkWhy(
  yaml: YamlFile,
  index: number,
  { uapi, uverbs, library, arguments: given }: Entry,
  report: Report,
): void {
  const silent = uapi === undefined || uverbs === undefined;
  if (silent && library === undefined) report(yaml.at([index]), 'this function makes no call: `library` says why');
  if (!silent && library !== undefined)
    report(yaml.atKey([index, 'library']), '`library` says why there is no call, and there are some in both');
  if ((uapi ?? uverbs) !== undefined && given === undefined)
    report(yaml.at([index]), 'this function makes calls: `arguments` says what goes where');
}

function uapiCalls({ objects }: Callable): readonly string[] {
  return Object.values(objects).flatMap(({ object, methods }) =>
    Object.keys(methods).map((name) => `${object}.${name}`),
  );
}

function uverbsCalls({ uverbs }: Callable): readonly string[] {
  const objects = Object.entries((uverbs['objects'] ?? {}) as Readonly<Record<string, { readonly methods?: object }>>);
  const methods = objects.flatMap(([object, { methods: its = {} }]) =>
    Object.keys(its).map((name) => `${object}.${name}`),
  );
  return [...methods, ...Object.keys(uverbs['commands'] ?? {})];
}
