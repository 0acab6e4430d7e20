/**
 * The parts of a Markdown chapter that mean something to us, with their positions: title, and clauses as raw text.
 * A clause is a level-3 heading that is one code span, one paragraph, then one bullet list; all else is free text.
 * The subset read here is what GitHub and Docusaurus also see: fenced code hides what it holds.
 */
import type { Place } from '../model.ts';
import type { Report } from '../problem.ts';
import { fileStart } from './files.ts';

/** Some text and the place where it starts; wrapped lines are joined by one space. */
export interface Located {
  readonly text: string;
  readonly place: Place;
}

export interface ClauseText {
  readonly id: Located;
  /** Absent where no paragraph follows the heading. */
  readonly sentence?: Located;
  /** The list's items without their bullets; empty where no list follows the paragraph. */
  readonly items: readonly Located[];
}

export interface ChapterText {
  readonly title?: Located;
  readonly clauses: readonly ClauseText[];
}

interface Line {
  readonly text: string;
  readonly number: number;
}

interface Heading {
  readonly level: number;
  readonly title: Located;
}

/** `text` is a whole file. */
export function parseMarkdown(file: string, text: string, report: Report): ChapterText {
  if (text.startsWith('---'))
    report(fileStart(file), 'a page starts with its title: its place is in spec/contents.yaml');
  const lines = withoutCode(file, text, report);
  const headings = lines.flatMap((line, index) => {
    const heading = headingOf(file, line);
    return heading === undefined ? [] : [{ ...heading, index }];
  });
  const titles = headings.filter(({ level }) => level === 1).map(({ title }) => title);
  if (titles.length === 0) report(fileStart(file), 'a chapter needs a title: one level-1 heading');
  for (const { place } of titles.slice(1)) report(place, 'a chapter has one level-1 heading; make this one level 2');
  const clauses = headings.flatMap(({ level, title, index }, order) => {
    const block = lines.slice(index + 1, headings[order + 1]?.index);
    const id = level === 3 ? codeSpan(title) : undefined;
    if (id !== undefined) return [clauseText(file, id, block)];
    // A slip in a heading would otherwise turn a clause into free text without a word.
    const stray = block.find((line) => /^ {0,3}[-*+]\s+basis:/.test(line.text));
    if (stray !== undefined) {
      const place = { file, line: stray.number, column: 1 };
      report(place, 'this list belongs to no clause: the heading above it must be ### and one `code span`, the id');
    }
    return [];
  });
  return titles[0] === undefined ? { clauses } : { title: titles[0], clauses };
}

/** The lines outside fenced code; a fence leaves one empty line, so that text around it stays apart. */
function withoutCode(file: string, text: string, report: Report): Line[] {
  let fence: { readonly marks: string; readonly number: number } | undefined;
  const kept: Line[] = [];
  for (const [index, line] of text.split('\n').entries()) {
    const number = index + 1;
    const marks = /^ {0,3}(`{3,}(?!.*`)|~{3,})/.exec(line)?.[1];
    if (fence === undefined && marks === undefined) kept.push({ text: line, number });
    else if (fence === undefined && marks !== undefined) {
      fence = { marks, number };
      kept.push({ text: '', number });
    } else if (fence !== undefined && marks?.startsWith(fence.marks) === true && /^[\s`~]*$/.test(line)) {
      fence = undefined;
    }
  }
  if (fence !== undefined) report({ file, line: fence.number, column: 1 }, 'this code block is never closed');
  return kept;
}

function headingOf(file: string, { text, number }: Line): Heading | undefined {
  const match = /^( {0,3}(#{1,6})[ \t]+)(.*?)(?:[ \t]+#+)?[ \t]*$/.exec(text);
  const [, before = '', marks = '', title = ''] = match ?? [];
  if (match === null) return undefined;
  return { level: marks.length, title: { text: title, place: { file, line: number, column: before.length + 1 } } };
}

function codeSpan({ text, place }: Located): Located | undefined {
  const id = /^`([^`]*)`$/.exec(text)?.[1];
  return id === undefined ? undefined : { text: id.trim(), place };
}

const BULLET = /^( {0,3}[-*+][ \t]+)(.*)$/;

function clauseText(file: string, id: Located, lines: readonly Line[]): ClauseText {
  let at = lines.findIndex(({ text }) => text.trim() !== '');
  const paragraph: Line[] = [];
  for (; at >= 0 && at < lines.length; at += 1) {
    const line = lines[at];
    if (line === undefined || line.text.trim() === '' || BULLET.test(line.text)) break;
    paragraph.push(line);
  }
  const items = at < 0 ? [] : listItems(file, lines.slice(at));
  const sentence = joined(file, paragraph);
  return sentence === undefined ? { id, items } : { id, sentence, items };
}

function joined(file: string, lines: readonly Line[]): Located | undefined {
  const first = lines[0];
  if (first === undefined) return undefined;
  const column = first.text.search(/\S/) + 1;
  return { text: lines.map(({ text }) => text.trim()).join(' '), place: { file, line: first.number, column } };
}

/** The items of a list that is the next block; wrapped items are joined, blank lines between items allowed. */
function listItems(file: string, lines: readonly Line[]): Located[] {
  const items: { text: string; readonly place: Place }[] = [];
  let blank = true;
  for (const { text, number } of lines) {
    const [, bullet = '', rest = ''] = BULLET.exec(text) ?? [];
    const last = items.at(-1);
    if (text.trim() === '') blank = true;
    else if (bullet !== '') {
      items.push({ text: rest.trim(), place: { file, line: number, column: bullet.length + 1 } });
      blank = false;
    } else if (last !== undefined && (!blank || /^\s/.test(text))) last.text += ` ${text.trim()}`;
    else break;
  }
  return items;
}
