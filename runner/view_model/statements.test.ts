import { describe, expect, it } from 'vitest';
import { projectSpec } from '../../spec/project_spec.ts';
import { ROOT } from '../project.ts';
import { readFeatures } from '../run/features.ts';
import { inForce } from './clauses.ts';
import { decisionsOf } from './decisions.ts';
import { provenanceView, statementsOf } from './statements.ts';

const SPEC = projectSpec();
const view = provenanceView(SPEC, readFeatures(ROOT).scenarios, decisionsOf(ROOT, inForce(SPEC)));
const statements = statementsOf(view);

describe('the statements of the mails', () => {
  it('stand each once, under the first of their mails, in the order of its lines', () => {
    expect(view.mails.flatMap((mail) => mail.statements).sort((a, b) => a - b)).toEqual(
      SPEC.provenance.map(({ number }) => number),
    );
    for (const { key, statements: numbers } of view.mails) {
      const lines = numbers.map((number) => {
        const [first] = view.statements[number - 1]?.mails ?? [];
        expect(first?.key).toBe(key);
        return first?.line ?? 0;
      });
      expect([...lines].sort((a, b) => a - b)).toEqual(lines);
    }
  });

  it('stand by the dates of the mails', () => {
    const dates = view.mails.map(({ date = '' }) => date.slice(0, 10));
    expect([...dates].sort()).toEqual(dates);
  });

  it('lead to their clauses with what decides them, and to their notes', () => {
    const [first] = view.statements;
    expect(first?.clauses.map(({ clause }) => clause)).toEqual(SPEC.provenance[0]?.clauses);
    expect(first?.clauses.every(({ scenarios }) => scenarios > 0)).toBe(true);
    expect(first?.decisions[0]).toMatchObject({ number: '0001' });
    for (const { number, decisions } of view.statements)
      expect([number, decisions.length]).toEqual([number, SPEC.provenance[number - 1]?.decisions?.length ?? 0]);
  });

  it('are found from clauses, notes and mails', () => {
    const numbers = (of: readonly { readonly number: number }[] | undefined): number[] =>
      (of ?? []).map(({ number }) => number);
    expect(numbers(statements.clause.get('discovery-methods'))).toContain(1);
    const [note] = view.statements[0]?.decisions ?? [];
    expect(numbers(statements.decision.get(note?.id ?? ''))).toContain(1);
    // Of both mails that say it.
    expect(numbers(statements.mail.get('gunthorpe-2016-04-20-m1'))).toContain(3);
    expect(numbers(statements.mail.get('gunthorpe-2016-04-25-m13'))).toContain(3);
  });

  it('count as the command counts them', () => {
    const { settled, open } = view.standings;
    expect(settled + open + view.standings['open in part']).toBe(view.statements.length);
    expect(view.authors).toContain('Hefty');
  });
});
