/** Sound calls of a specimen with one named malformation each. */
import type { Call, Damage } from '../../spec/abi/abi.ts';
import type { Context } from './client.ts';
import type { Result } from './result.ts';
import { specimenCall, type Specimen } from './specimens.ts';

export interface Damaged {
  readonly name: string;
  readonly result: Result;
}

/** One trial per attribute the damage can be done to; a query, or a call that was refused, has left its objects for the next. */
export async function damaged(context: Context, specimen: Specimen, damage: Damage<unknown>): Promise<Damaged[]> {
  const { abi } = context.client.session;
  let call: Call | undefined = await specimenCall(context, specimen);
  const trials: Damaged[] = [];
  for (const target of damage.targets(abi.draft(call))) {
    call ??= await specimenCall(context, specimen);
    const encoded = abi.encode(damage.apply(abi.draft(call), target));
    const result = await context.send(encoded, call);
    trials.push({ name: target === '' ? specimen.name : `${specimen.name} ${target}`, result });
    if (result.errno === 0 && !specimen.method.startsWith('query')) call = undefined;
  }
  return trials;
}
