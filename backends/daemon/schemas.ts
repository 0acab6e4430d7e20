/** The schemas of the protocol, compiled once per process when first needed. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { ErrorObject, ValidateFunction } from 'ajv/dist/2020.js';
import { packageRoot } from '../../spec/compile/files.ts';
import { METHODS, type Method } from './messages.ts';

export type FrameName = 'request' | 'notification' | 'response' | 'error';

export interface Schemas {
  /** What is wrong with a frame, or undefined where nothing is. */
  frame(name: FrameName, value: unknown): string | undefined;
  /** The same for what a method is given or gives; the place in the message comes first. */
  message(method: Method, part: 'params' | 'result', value: unknown): string | undefined;
}

const FOLDER = 'protocol';

let loaded: Promise<Schemas> | undefined;

export function protocolSchemas(): Promise<Schemas> {
  return (loaded ??= load());
}

async function load(): Promise<Schemas> {
  const { Ajv2020 } = await import('ajv/dist/2020.js');
  const ajv = new Ajv2020({ strict: true, discriminator: true, allowUnionTypes: true });
  for (const name of ['control', ...['common', 'frame', ...METHODS].map((each) => `${FOLDER}/${each}`)])
    ajv.addSchema(
      JSON.parse(readFileSync(join(packageRoot(), 'spec', 'schemas', `${name}.schema.json`), 'utf8')) as object,
    );
  // Most connections need few of them, and each takes milliseconds to compile.
  const lazily = (part: string, file?: string): ((name: string) => ValidateFunction) => {
    const compiled = new Map<string, ValidateFunction>();
    return (name) => {
      let validate = compiled.get(name);
      if (validate !== undefined) return validate;
      validate = ajv.getSchema(`${FOLDER}/${file ?? name}.schema.json#/$defs/${file === undefined ? part : name}`);
      if (validate === undefined) throw new Error(`there is no schema of the ${part} ${name}`);
      compiled.set(name, validate);
      return validate;
    };
  };
  const frame = lazily('frame', 'frame');
  const message = { params: lazily('params'), result: lazily('result') };
  return {
    frame: (name, value) => complaint(frame(name), 'the frame', value),
    message: (method, part, value) => complaint(message[part](method), part, value),
  };
}

function complaint(validate: ValidateFunction, whole: string, value: unknown): string | undefined {
  return validate(value) ? undefined : inWords(whole, validate.errors ?? []);
}

function inWords(whole: string, errors: readonly ErrorObject[]): string {
  // What follows from an alternative that was not meant comes before the alternatives themselves.
  const error = errors.find(({ keyword }) => keyword === 'oneOf') ?? errors[0];
  const place = `${whole}${error?.instancePath ?? ''}`;
  if (error?.keyword === 'oneOf') return `${place} is to be one of its alternatives, and only one`;
  return `${place} ${error?.message ?? 'does not fit its schema'}${detail(error?.params)}`;
}

/** The words ajv leaves out of its message, bounded. */
function detail(params: Readonly<Record<string, unknown>> = {}): string {
  const said = params.additionalProperty ?? params.allowedValues ?? params.allowedValue ?? params.propertyName;
  return said === undefined ? '' : `: ${JSON.stringify(said).slice(0, 300)}`;
}
