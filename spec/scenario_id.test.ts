import { expect, it } from 'vitest';
import { scenarioId } from './scenario_id.ts';

it.each([
  ['features/qp/modify.feature', 'RC from INIT to RTR, minimal', 'qp/modify#rc-from-init-to-rtr-minimal'],
  ['features/pd.feature', '  "XRC_INI" -> 24 bits!  ', 'pd#xrc-ini-24-bits'],
  ['features\\qp\\modify.feature', 'a', 'qp/modify#a'],
  ['features/features/a.feature', 'é1', 'features/a#é1'],
  ['features/a.feature', '', 'a#'],
])('names %s, %s', (uri, name, id) => {
  expect(scenarioId(uri, name)).toBe(id);
});
