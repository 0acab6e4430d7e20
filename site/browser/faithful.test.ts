/** What is drawn is what the view model says: no page may show a verdict of an earlier build, or leave one out. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { DomUtils, parseDocument } from 'htmlparser2';
import { describe, expect, it } from 'vitest';
import type { ViewModel } from '../../runner/view_model/model.ts';
import { htmlOf, ROOT } from './built.ts';

const { findAll, findOne, getAttributeValue, textContent } = DomUtils;
type Element = ReturnType<typeof findAll>[number];

const model = JSON.parse(readFileSync(join(ROOT, 'build', 'site-data', 'model.json'), 'utf8')) as ViewModel;

const hasClass = (element: Element, name: string): boolean =>
  (getAttributeValue(element, 'class') ?? '').split(' ').includes(name);

/** Verdict and label of every subject in the section of a clause, as a reader is told. */
function drawn(section: Element): string[] {
  return findAll((one) => one.name === 'button' && hasClass(one, 'subject'), section.children)
    .map((button) => (getAttributeValue(button, 'aria-label') ?? '').replace(/, checks$/, ''))
    .sort();
}

/** The verdict word above the buttons must be the one the buttons say. */
function groups(section: Element): string[] {
  const list = findOne((one) => hasClass(one, 'verdicts'), section.children);
  return findAll((one) => hasClass(one, 'alike'), list === null ? [] : list.children).flatMap((row) => {
    const word = findOne((one) => hasClass(one, 'verdict'), row.children);
    const said = word === null ? '' : textContent(word).trim().replace(' ', '-');
    return drawn(row).map((label) => (label.endsWith(`: ${said}`) ? '' : `${label} stands under ${said}`));
  });
}

describe('every clause', () => {
  const labels = new Map(model.subjects.map(({ id, label }) => [id, label]));
  const chapters = model.chapters.filter(({ clauses }) => clauses.length > 0);

  it('has its verdicts beside it, those of the view model and no others', () => {
    expect(model.subjects.length).toBeGreaterThan(0);
    const wrong: string[] = [];
    let seen = 0;
    for (const { file, clauses } of chapters) {
      const page = `${file.replace(/^spec\//, '').replace(/\.md$/, '')}/`;
      const nodes = parseDocument(htmlOf(page)).children;
      for (const id of clauses) {
        const section = findOne((one) => getAttributeValue(one, 'aria-labelledby') === id, nodes);
        if (section === null) {
          wrong.push(`${id}: has no section on ${page}`);
          continue;
        }
        seen += 1;
        const clause = model.clauses[id];
        if (clause === undefined || clause.withdrawn !== undefined) continue;
        const said = clause.verdicts.map(({ subject, verdict }) => `${labels.get(subject) ?? ''}: ${verdict}`).sort();
        if (drawn(section).join('\n') !== said.join('\n')) wrong.push(`${id}: shows ${drawn(section).join(', ')}`);
        wrong.push(...groups(section).filter((text) => text !== ''));
      }
    }
    expect(wrong).toEqual([]);
    expect(seen).toBe(Object.keys(model.clauses).length);
  });
});
