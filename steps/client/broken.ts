/** A sound call with faults in it. */
import type { Call } from '../../spec/abi/abi.ts';
import type { Context } from './client.ts';
import type { Fault } from './faults.ts';
import type { Result } from './result.ts';
import { specimenCall, type Specimen } from './specimens.ts';

/** Sends the call with the faults, the first of which wins a shared target last; undefined where one has nothing to spoil. */
export async function broken(
  context: Context,
  specimen: Omit<Specimen, 'prepared'>,
  faults: readonly Fault[],
): Promise<Result | undefined> {
  const { abi } = context.client.session;
  let call: Call | undefined = await specimenCall(context, specimen);
  for (const fault of faults) call = fault.spoil === undefined ? call : call && fault.spoil(call);
  if (call === undefined) return undefined;
  let draft = abi.draft(call);
  for (const [index, fault] of faults.entries()) {
    if (fault.damage === undefined) continue;
    const damage = abi.damage[fault.damage];
    const target = damage?.targets(draft).at(index === faults.length - 1 ? -1 : 0);
    if (damage === undefined || target === undefined) return undefined;
    draft = damage.apply(draft, target);
  }
  return context.send(abi.encode(draft));
}
