import { describe, expect, it } from 'vitest';
import { hazardOf, isAllowed } from './hazards.ts';

describe('the hazard of a scenario', () => {
  it.each([
    [[], 'safe'],
    [['@needs:qp-rc', '@needs:pd'], 'safe'],
    [['@needs:control-stall'], 'disruptive'],
    [['@needs:control-release', '@hazard:safe'], 'disruptive'],
    [['@needs:pd-counted'], 'disruptive'],
    [['@needs:flow'], 'disruptive'],
    [['@hazard:disruptive'], 'disruptive'],
    [['@needs:control-plug', '@needs:control-stall'], 'removes-device'],
    [['@hazard:removes-device', '@needs:control-stall'], 'removes-device'],
  ])('of %j is %s', (tags, hazard) => {
    expect(hazardOf(tags)).toBe(hazard);
  });

  it('lets run what is no worse than asked for', () => {
    expect(isAllowed('safe', 'safe')).toBe(true);
    expect(isAllowed('disruptive', 'safe')).toBe(false);
    expect(isAllowed('disruptive', 'removes-device')).toBe(true);
    expect(isAllowed('removes-device', 'disruptive')).toBe(false);
  });
});
