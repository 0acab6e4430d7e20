import { describe, expect, it } from 'vitest';
import { projectSpec } from './project_spec.ts';

const spec = projectSpec();
const profiles = Object.values(spec.profiles);
const clauses = Object.values(spec.clauses).filter(({ withdrawn }) => withdrawn === undefined);

describe('our profiles', () => {
  it('put what one author proposed where nothing is certified', () => {
    const proposed = clauses.filter(({ basis }) => basis === 'proposed').map(({ id }) => id);
    expect(spec.profiles['experimental']).toMatchObject({ clauses: proposed, certified: false });
  });

  it('leave out these pages and no other', () => {
    const demanded = new Set(profiles.flatMap((profile) => profile.clauses));
    const left = new Set(clauses.filter(({ id }) => !demanded.has(id)).map(({ chapter }) => chapter));
    // Objects that few devices have; a profile for them has not been asked for.
    expect([...left].sort()).toEqual(['counters', 'dm', 'flow', 'qp_iwarp', 'rwq_ind_tbl', 'wq']);
  });

  it('all rest on the same framework, where they can be certified', () => {
    const core = spec.profiles['core']?.clauses ?? [];
    expect(core.length).toBeGreaterThan(100);
    for (const { id, certified, clauses: its } of profiles)
      if (certified) expect([id, core.every((one) => its.includes(one))]).toEqual([id, true]);
  });
});
