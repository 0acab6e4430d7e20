/** Attributes that creates and modifies are tried with, by the words scenarios have for them: one case, one call, one check. */
import type { Call, Value } from '../../spec/abi/abi.ts';
import { AH_CASES } from './ah_cases.ts';
import type { Context } from './client.ts';
import { DM_CASES } from './dm_cases.ts';
import { MR_CASES } from './mr_cases.ts';
import { MW_CASES } from './mw_cases.ts';
import { createCall, type Thing } from './things.ts';
import type { Result } from './result.ts';

export interface Case {
  readonly name: string;
  /** Laid over the attributes of a sound call; what is undefined is left out. */
  readonly attributes: Readonly<Record<string, Value | undefined>>;
  readonly parts?: Readonly<Record<string, Thing>>;
}

export type Cases = (context: Context) => Promise<readonly Case[]> | readonly Case[];

const CASES: Readonly<Record<string, Cases>> = { ...MR_CASES, ...MW_CASES, ...DM_CASES, ...AH_CASES };

export async function casesOf(context: Context, words: string): Promise<readonly Case[]> {
  const cases = CASES[words];
  if (cases === undefined)
    throw new RangeError(`no cases are called ${words}; there are ${Object.keys(CASES).join('; ')}`);
  return cases(context);
}

/** Attributes laid over those of a sound call; what is undefined is left out. */
export function laid(over: Case['attributes'], attributes: Call['attributes']): Call['attributes'] {
  const merged = Object.entries({ ...attributes, ...over }).filter(([, value]) => value !== undefined);
  return Object.fromEntries(merged) as Readonly<Record<string, Value>>;
}

export interface Tried {
  readonly name: string;
  readonly result: Result;
}

/** One create per case, on parts of its own kind made once. */
export async function createEach(context: Context, object: string, cases: readonly Case[]): Promise<Tried[]> {
  const { call, parts } = await createCall(context, object, undefined);
  const tried: Tried[] = [];
  for (const one of cases) {
    const sound =
      one.parts === undefined
        ? call
        : (await createCall(context, object, undefined, {}, { ...parts, ...one.parts })).call;
    const attributes = laid(one.attributes, sound.attributes);
    tried.push({ name: one.name, result: await context.call({ ...sound, attributes }) });
  }
  return tried;
}
