/**
 * KTAP version 1: a test per feature file, a subtest per scenario. Written so that the kernel's own parser counts what is
 * counted here; what it makes of a line is in spec/decisions/0104.
 */
import { TOOL, type ViewInput } from './formats.ts';
import { facts, reportOf, type Group, type Row } from './report.ts';
import type { Standing } from './standing.ts';

const OK: ReadonlySet<Standing> = new Set(['passed', 'tolerated', 'not-applicable']);

export function render(input: ViewInput): string {
  const { document } = input;
  const { groups, misgiving } = reportOf(input);
  const lines = ['KTAP version 1', `1..${String(groups.length + (misgiving === undefined ? 0 : 1))}`];
  lines.push(diagnostic(`${TOOL} ${document.tool}`));
  for (const [name, value] of facts(document)) lines.push(diagnostic(`${name}: ${value}`));
  groups.forEach((group, index) => {
    lines.push(...groupLines(group, index + 1));
  });
  if (misgiving !== undefined) {
    lines.push(diagnostic(misgiving), `not ok ${String(groups.length + 1)} the run`);
  }
  return `${lines.join('\n')}\n`;
}

function groupLines(group: Group, number: number): string[] {
  const name = description(group.name);
  const lines = ['KTAP version 1', `# Subtest: ${name}`, `1..${String(group.rows.length)}`];
  group.rows.forEach((row, index) => {
    lines.push(...row.details.filter((line) => line !== '').map(diagnostic), resultLine(row, index + 1, name));
  });
  const fine = group.rows.every(({ standing }) => OK.has(standing));
  // A parent of nothing but skips is a skip, or a count of parents would say more than one of scenarios.
  const skipped = fine && group.rows.every(({ standing }) => standing !== 'passed');
  const line = `${fine ? 'ok' : 'not ok'} ${String(number)} ${name}${skipped ? ' # SKIP' : ''}`;
  return [...lines.map((text) => `    ${text}`), line];
}

function resultLine({ name, standing, headline }: Row, number: number, parent: string): string {
  const own = description(name);
  // The kernel's parser takes a result with the name of the parent for the end of the parent.
  const told = own === parent ? `${own} (scenario)` : own;
  const start = `${OK.has(standing) ? 'ok' : 'not ok'} ${String(number)} ${told}`;
  if (standing === 'passed') return start;
  // SKIP makes a skip even of what is not ok, and to the kernel's tools a skip is a success. A headline of something
  // that is not ok begins with a word of ours, and without number signs no other word can pose as a directive.
  return `${start} # ${OK.has(standing) ? 'SKIP ' : ''}${description(headline)}`;
}

/** A number sign ends a description, and the format has no way to escape one. */
function description(text: string): string {
  return readable(text).replaceAll('#', '\\x23');
}

function diagnostic(text: string): string {
  return `# ${readable(text)}`;
}

/** Words at which the kernel's parser takes its log to be over, wherever they stand. */
const ENDS = /(List of all partitions|Kernel panic - not syncing|reboot):/g;

/** One line to whoever splits lines. */
function readable(text: string): string {
  return text.replace(ENDS, '$1\\x3a').replace(/[\u2028\u2029]/g, ' ');
}
