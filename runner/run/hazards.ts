/** What a scenario may do to other users of the device: what its tag says, or what it needs, whichever is worse. */
import { HAZARDS, type Hazard } from '../result/document.ts';

/**
 * The least that a need brings with it. A control acts on the device, on the next call of any process, or in the kernel;
 * where every object that a device allows is made, nobody else gets one; a flow rule takes packets that others wait for.
 */
const OF_NEEDS: readonly (readonly [need: RegExp, hazard: Hazard])[] = [
  [/^control-(?:remove|plug)$/, 'removes-device'],
  [/^control-/, 'disruptive'],
  [/-counted$/, 'disruptive'],
  [/^flow$/, 'disruptive'],
];

/** `tags` with their at signs. */
export function hazardOf(tags: readonly string[]): Hazard {
  const found = tags.flatMap((tag): Hazard[] => {
    const [kind = '', value = ''] = tag.split(':');
    if (kind === '@hazard') return HAZARDS.filter((hazard) => hazard === value);
    if (kind !== '@needs') return [];
    return OF_NEEDS.filter(([need]) => need.test(value)).map(([, hazard]) => hazard);
  });
  return HAZARDS.findLast((hazard) => found.includes(hazard)) ?? 'safe';
}

/** Whether it may run where `asked` was asked for. */
export function isAllowed(hazard: Hazard, asked: Hazard): boolean {
  return HAZARDS.indexOf(hazard) <= HAZARDS.indexOf(asked);
}
