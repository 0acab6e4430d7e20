/** Every way in which a call can touch an object: as what the call is about, or named in an attribute of a create. */
import type { Call } from '../../spec/abi/abi.ts';
import { appliesTo, attributeOf, requiredFor } from '../../spec/abi/uapi/tables.ts';
import type { Client, Context } from './client.ts';
import type { Result } from './result.ts';
import { specimenCall, specimensOf, type Specimen } from './specimens.ts';
import { createCall, creationOf, referentOf, tableOf, type Thing } from './things.ts';

/** An object as a call names it. */
export type Target = Pick<Thing, 'object' | 'variant' | 'handle'>;

/** A call that touches an object, ready to be sent on its file. */
export interface Touch {
  readonly target: Target;
  readonly call: Call;
  /** The other objects it names. */
  readonly rest: readonly Target[];
}

export interface Way {
  /** `qp_rc.create pd`, `cq.query`: how checks name it. */
  readonly name: string;
  readonly object: string;
  readonly variant: string | undefined;
  readonly method: string;
  /** Whether the call has the object for itself. */
  readonly alone: boolean;
  /** A sound call of this kind on objects of its own. */
  readonly make: (context: Context) => Promise<Touch>;
}

/** Every way there is on this device, in the order of the tables. */
export async function waysOf(client: Client): Promise<Way[]> {
  return inFreshFile(client, (context) =>
    Promise.resolve(specimensOf(context).flatMap((specimen) => waysBy(context, specimen))),
  );
}

/** Work in a file that is opened for it and closed after it: its objects are in nobody's way. */
export async function inFreshFile<T>(client: Client, work: (context: Context) => Promise<T>): Promise<T> {
  const context = await client.open();
  const value = await work(context);
  await context.close();
  return value;
}

export function destroyOf({ object, variant, handle }: Target): Call {
  return { object, variant, method: 'destroy', on: handle, attributes: {} };
}

/** Whether an object is still known: it can be destroyed, or would be if nothing used it. */
export async function isThere(context: Context, target: Target): Promise<boolean> {
  const { answer } = await context.call(destroyOf(target));
  return answer === '0' || answer === 'EBUSY';
}

/** What a successful create made. */
export function madeBy({ object, variant }: Call, { reply }: Result): Target | undefined {
  return reply && { object, variant, handle: reply.handle };
}

function waysBy(context: Context, specimen: Specimen): Way[] {
  const { abi, spec } = context.client.session;
  const { name, object, variant, method } = specimen;
  const { instances } = tableOf(spec, object);
  if (specimen.creates) return partsOf(context, specimen).map((part) => throughPart(specimen, part));
  if (instances !== 'created' || specimen.prepared) return [];
  const make = async (file: Context): Promise<Touch> => {
    const call = await specimenCall(file, specimen);
    return { target: { object, variant, handle: call.on ?? 0 }, call, rest: [] };
  };
  return [{ name, object, variant, method, alone: abi.wantsAlone(object, method), make }];
}

/** The attributes of a create that must name an object with a handle. */
function partsOf(context: Context, { object, variant }: Specimen): string[] {
  const { spec } = context.client.session;
  const table = tableOf(spec, object);
  return creationOf(table)
    .attributes.filter((use) => appliesTo(use, variant) && requiredFor(use, variant))
    .map((use) => use.name)
    .filter((part) => {
      const wanted = referentOf(attributeOf(table, part));
      return wanted !== undefined && tableOf(spec, wanted).instances === 'created';
    });
}

function throughPart({ name, object, variant, method }: Specimen, part: string): Way {
  const make = async (file: Context): Promise<Touch> => {
    const { call, parts } = await createCall(file, object, variant);
    const target = parts[part];
    if (target === undefined) throw new Error(`${name} was made without ${part}`);
    const rest = [...new Set(Object.values(parts))].filter((other) => other !== target);
    return { target, call, rest };
  };
  return { name: `${name} ${part}`, object, variant, method, alone: false, make };
}
