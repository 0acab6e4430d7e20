/** Objects that are only means: made once per file, for whatever needs one. */
import { appliesTo, attributeOf, requiredFor } from '../../spec/abi/uapi/tables.ts';
import type { Context } from './client.ts';
import { make, referentOf, tableOf, welcomeVariant, type Thing } from './things.ts';

/** The objects a create needs, made once per file: what a series of calls is about are the objects it makes, not these. */
export async function meansFor(
  context: Context,
  object: string,
  variant: string | undefined,
): Promise<Record<string, Thing>> {
  const table = tableOf(context.client.session.spec, object);
  const parts: Record<string, Thing> = {};
  for (const use of table.methods['create']?.attributes ?? []) {
    const wanted = referentOf(attributeOf(table, use.name));
    if (wanted === undefined || !appliesTo(use, variant) || !requiredFor(use, variant)) continue;
    const kind = welcomeVariant(context, attributeOf(table, use.name));
    const known = context.means.get(wanted) ?? make(context, wanted, kind);
    context.means.set(wanted, known);
    parts[use.name] = await known;
  }
  return parts;
}
