/** A YAML file as plain values, and the place of any of them. */
import { isAlias, isMap, isNode, isScalar, isSeq, LineCounter, parseDocument, type Document, type Node } from 'yaml';
import type { Place } from '../model.ts';
import type { Report } from '../problem.ts';
import { fileStart, readText } from './files.ts';

/** Keys and indices from the top of a file to a value. */
export type Path = readonly (string | number)[];

export interface YamlFile {
  readonly file: string;
  readonly value: unknown;
  /** Where the value at `path` starts; the nearest value above it where the path ends early. */
  at(path: Path): Place;
  /** Where the last key of `path` stands. */
  atKey(path: Path): Place;
}

/** Reads and parses one file; undefined (and at least one problem) where that fails. */
export function readYaml(root: string, file: string, report: Report): YamlFile | undefined {
  const text = readText(root, file, report);
  return text === undefined ? undefined : parseYaml(file, text, report);
}

export function parseYaml(file: string, text: string, report: Report): YamlFile | undefined {
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines, version: '1.2', stringKeys: true, prettyErrors: false });
  const place = (offset: number): Place => {
    const { line, col } = lines.linePos(offset);
    return { file, line: Math.max(line, 1), column: Math.max(col, 1) };
  };
  const faults = [...document.errors, ...document.warnings];
  for (const fault of faults) report(place(fault.pos[0]), `YAML: ${fault.message}`);
  if (faults.length > 0) return undefined;

  const locate = (path: Path, wantKey: boolean): Place => {
    const node = nodeAt(document, path, wantKey);
    return place(node?.range?.[0] ?? 0);
  };
  try {
    const value: unknown = document.toJS();
    // A value that contains itself (an alias inside its own anchor) cannot be written as JSON.
    JSON.stringify(value);
    return { file, value, at: (path) => locate(path, false), atKey: (path) => locate(path, true) };
  } catch (error) {
    report(fileStart(file), `YAML: ${error instanceof Error ? (error.message.split('\n')[0] ?? '') : String(error)}`);
    return undefined;
  }
}

/** The node of a path's value, or of its last key; follows aliases, which the library's own getIn does not. */
function nodeAt(document: Document, path: Path, wantKey: boolean): Node | undefined {
  let node = resolve(document, document.contents);
  for (const [index, step] of path.entries()) {
    if (isMap(node)) {
      const pair = node.items.find(({ key }) => isScalar(key) && String(key.value) === String(step));
      if (pair === undefined) break;
      const key = isNode(pair.key) ? pair.key : undefined;
      if (wantKey && index === path.length - 1) return key;
      node = resolve(document, pair.value) ?? key;
    } else if (isSeq(node)) {
      const item = node.items[Number(step)];
      if (item === undefined) break;
      node = resolve(document, item);
    } else break;
  }
  return node;
}

function resolve(document: Document, node: unknown): Node | undefined {
  if (isAlias(node)) return node.resolve(document);
  return isNode(node) ? node : undefined;
}
