/** Which objects a device allows so few of that the suite makes them all. */
import { MOST_MADE, capabilityOfCount, capabilityOfObject } from '../spec/capabilities.ts';
import type { Spec } from '../spec/model.ts';
import type { Prober } from './discover.ts';

/** Adds the words for them, of objects that are offered. */
export async function counts(prober: Prober, spec: Spec, found: Set<string>): Promise<void> {
  const tables = Object.values(spec.objects).filter(({ limit }) => limit !== undefined);
  const room = Object.fromEntries(tables.map(({ limit = '' }) => [limit, 0]));
  const reply = await prober.call({ object: 'device', method: 'query', on: 0, attributes: {}, room });
  for (const { object, limit = '' } of tables) {
    if (!found.has(capabilityOfObject(object))) continue;
    const most = reply?.attributes[limit];
    if (most !== undefined && Number(most) <= MOST_MADE) found.add(capabilityOfCount(object));
  }
}
