import { describe, expect, it } from 'vitest';
import { clause, specOf } from '../fixtures.ts';
import type { Hazard } from '../result/document.ts';
import { applicability } from './applicability.ts';

const spec = specOf(clause('both'), clause('linux', { abi: ['uverbs'] }));
const offered = new Set(['qp-rc', 'port-ib']);

function judged(tags: readonly string[], clauses: readonly string[] = ['both'], asked: Hazard = 'safe') {
  return applicability(tags, clauses, spec, { abi: 'uapi' }, offered, asked);
}

describe('applicability', () => {
  it('lets a scenario run that asks for nothing', () => {
    expect(judged(['@both'])).toEqual({ applicable: true });
  });

  it('wants every need met, and names those that are not', () => {
    expect(judged(['@needs:qp-rc', '@needs:port-ib'])).toEqual({ applicable: true });
    expect(judged(['@needs:qp-rc', '@needs:qp-ud', '@needs:xrcd'])).toEqual({
      applicable: false,
      reason: 'needs qp-ud and xrcd, which this device does not offer',
    });
  });

  it('wants one of the ABIs a scenario is written for', () => {
    expect(judged(['@abi:uverbs'])).toEqual({ applicable: false, reason: 'written for uverbs only' });
    expect(judged(['@abi:uverbs', '@abi:uapi'])).toEqual({ applicable: true });
  });

  it('wants at least one clause the ABI can express', () => {
    expect(judged(['@linux'], ['linux'])).toEqual({ applicable: false, reason: 'linux: uapi cannot express it' });
    expect(judged(['@linux', '@both'], ['linux', 'both'])).toEqual({ applicable: true });
  });

  it('keeps hazards for those who ask', () => {
    const reason = 'is disruptive; runs only with --hazard disruptive';
    expect(judged(['@hazard:safe'])).toEqual({ applicable: true });
    expect(judged(['@hazard:disruptive'])).toEqual({ applicable: false, reason });
    expect(judged(['@hazard:disruptive'], ['both'], 'removes-device')).toEqual({ applicable: true });
  });
});
