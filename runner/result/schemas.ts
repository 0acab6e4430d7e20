/** The schemas of what is read from outside, compiled when first needed. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { ErrorObject, ValidateFunction } from 'ajv/dist/2020.js';
import { plain } from '../views/plain.ts';

const NAMES = ['trace', 'result', 'journal', 'proof'] as const;
export type SchemaName = (typeof NAMES)[number];

/** What is wrong with a value, or undefined where nothing is: a pointer to the place, then the expectation. */
export type Validator = (value: unknown) => string | undefined;

const loaded = new Map<string, Promise<ReadonlyMap<SchemaName, Validator>>>();

export async function validatorOf(root: string, name: SchemaName): Promise<Validator> {
  let all = loaded.get(root);
  if (all === undefined) loaded.set(root, (all = load(root)));
  const validator = (await all).get(name);
  if (validator === undefined) throw new Error(`no schema ${name}`);
  return validator;
}

async function load(root: string): Promise<ReadonlyMap<SchemaName, Validator>> {
  const { Ajv2020 } = await import('ajv/dist/2020.js');
  const ajv = new Ajv2020({ strict: true });
  for (const name of NAMES) {
    const text = readFileSync(join(root, 'spec', 'schemas', `${name}.schema.json`), 'utf8');
    ajv.addSchema(JSON.parse(text) as object);
  }
  return new Map(NAMES.map((name) => [name, validatorFrom(ajv.getSchema(`${name}.schema.json`))]));
}

function validatorFrom(validate: ValidateFunction | undefined): Validator {
  if (validate === undefined) throw new Error('a schema is not registered under its $id');
  return (value) => (validate(value) ? undefined : inWords(validate.errors?.[0]));
}

function inWords(error: ErrorObject | undefined): string {
  if (error === undefined) return 'does not fit the schema';
  const place = error.instancePath === '' ? '' : `${error.instancePath} `;
  return plain(`${place}${error.message ?? 'does not fit the schema'}${detail(error)}`);
}

/** The words ajv leaves out of its message. */
function detail({ params }: ErrorObject): string {
  const its = params as { additionalProperty?: unknown; allowedValues?: readonly unknown[]; allowedValue?: unknown };
  if (its.additionalProperty !== undefined) return `: ${JSON.stringify(its.additionalProperty)}`;
  if (its.allowedValues !== undefined) return `: ${its.allowedValues.map((one) => JSON.stringify(one)).join(', ')}`;
  if (its.allowedValue !== undefined) return `: ${JSON.stringify(its.allowedValue)}`;
  return '';
}
