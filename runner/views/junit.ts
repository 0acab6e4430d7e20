/** JUnit XML: a suite per feature file, a case per scenario. Which elements readers know is in spec/decisions/0104. */
import xmlbuilder, { type XMLElement } from 'xmlbuilder';
import type { ResultDocument } from '../result/document.ts';
import { TOOL, type ViewInput } from './formats.ts';
import { facts, reportOf, tally, type Group, type Row } from './report.ts';

export function render(input: ViewInput): string {
  const { document } = input;
  const { groups, misgiving } = reportOf(input);
  const all = groups.flatMap(({ rows }) => rows);
  const root = xmlbuilder.create('testsuites', { encoding: 'UTF-8' });
  root.att('name', TOOL);
  attributes(root, counts(all, misgiving === undefined ? 0 : 1));
  for (const group of groups) suite(root, group, document);
  if (misgiving !== undefined) {
    const doubted = suite(root, { name: 'the run', rows: [] }, document, 1);
    const one = doubted.ele('testcase', { name: 'the run', classname: 'the run', time: '0' });
    one.ele('error', { type: 'undecided', message: legal(misgiving) });
  }
  return `${root.end({ pretty: true })}\n`;
}

/** The misgiving about a run counts as an error. */
function counts(rows: readonly Row[], misgivings: number): Readonly<Record<string, string>> {
  const { failed, undecided } = tally(rows);
  const milliseconds = rows.reduce((total, { scenario }) => total + scenario.duration, 0);
  return {
    tests: String(rows.length + misgivings),
    failures: String(failed),
    errors: String(undecided + misgivings),
    time: seconds(milliseconds),
  };
}

function suite(root: XMLElement, { name, rows }: Group, document: ResultDocument, misgivings = 0): XMLElement {
  const { tolerated, 'not-applicable': inapplicable } = tally(rows);
  const its = root.ele('testsuite', { name: legal(name) });
  attributes(its, counts(rows, misgivings));
  attributes(its, { skipped: String(tolerated + inapplicable), timestamp: document.started.slice(0, 19) });
  const properties = its.ele('properties');
  for (const [key, value] of facts(document)) properties.ele('property', { name: key, value: legal(value) });
  for (const row of rows) testcase(its, name, row);
  return its;
}

function testcase(its: XMLElement, group: string, { scenario, name, standing, headline, details }: Row): void {
  const { duration, checks, outcome, errored } = scenario;
  const one = its.ele('testcase', {
    name: legal(name),
    // Readers take dots for folders.
    classname: legal(group.replaceAll('/', '.')),
    time: seconds(duration),
    assertions: String(checks.length),
    status: outcome,
  });
  const text = legal(details.join('\n'));
  const message = legal(headline);
  const type = errored === undefined ? outcome : `${outcome} ${errored}`;
  switch (standing) {
    case 'passed':
      return;
    case 'failed':
      one.ele('failure', { type, message }, text);
      return;
    case 'undecided':
      one.ele('error', { type, message }, text);
      return;
    // The schema gives a skip a text and no attributes.
    case 'tolerated':
      one.ele('skipped', `${message}\n${text}`);
      return;
    case 'not-applicable':
      one.ele('skipped', message);
      return;
  }
}

function attributes(element: XMLElement, values: Readonly<Record<string, string>>): void {
  for (const [name, value] of Object.entries(values)) element.att(name, value);
}

function seconds(milliseconds: number): string {
  return (milliseconds / 1000).toFixed(6);
}

/** XML 1.0 has no way to write these, not even as a reference: controls, halves of characters, U+FFFE and U+FFFF. */
const ILLEGAL = /[^\t\n\u0020-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]/gu;

function legal(text: string): string {
  return text.replace(ILLEGAL, (found) => `\\u${(found.codePointAt(0) ?? 0).toString(16).padStart(4, '0')}`);
}
