/** Checks YAML values against spec/schemas/*.schema.json (JSON Schema 2020-12) and puts every finding at its place. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Ajv2020, type DefinedError, type ValidateFunction } from 'ajv/dist/2020.js';
import type { Report } from '../problem.ts';
import { packageRoot } from './files.ts';
import type { Path, YamlFile } from './yaml_file.ts';

export type SchemaName =
  | 'object'
  | 'types'
  | 'qp_states'
  | 'sources'
  | 'vectors'
  | 'known_deviations'
  | 'libibverbs'
  | 'profile'
  | 'provenance'
  | 'contents';

const compiled = new Map<SchemaName, ValidateFunction>();

/** True where the file's value satisfies the schema; otherwise every violation has been reported. */
export function satisfies(yaml: YamlFile, name: SchemaName, report: Report): boolean {
  const validate = validator(name);
  if (validate(yaml.value)) return true;
  for (const error of (validate.errors ?? []) as DefinedError[]) {
    const path = steps(error.instancePath);
    if (error.keyword === 'additionalProperties') {
      const key = error.params.additionalProperty;
      report(yaml.atKey([...path, key]), `unknown key \`${key}\`; known here: ${knownKeys(error)}`);
    } else if (error.propertyName !== undefined) {
      report(yaml.atKey([...path, error.propertyName]), `\`${error.propertyName}\` ${expectation(error)}`);
    } else if (error.keyword !== 'propertyNames') {
      report(yaml.at(path), `${subject(path)} ${expectation(error)}`);
    }
  }
  return false;
}

function validator(name: SchemaName): ValidateFunction {
  const known = compiled.get(name);
  if (known !== undefined) return known;
  const text = readFileSync(join(packageRoot(), 'spec/schemas', `${name}.schema.json`), 'utf8');
  const ajv = new Ajv2020({ strict: true, allErrors: true, verbose: true, allowUnionTypes: true });
  const validate = ajv.compile(JSON.parse(text) as object);
  compiled.set(name, validate);
  return validate;
}

/** JSON pointer to path. */
function steps(pointer: string): Path {
  return pointer
    .split('/')
    .slice(1)
    .map((step) => step.replaceAll('~1', '/').replaceAll('~0', '~'));
}

function subject(path: Path): string {
  const last = path.at(-1);
  return last === undefined ? 'this file' : `\`${String(last)}\``;
}

function knownKeys(error: DefinedError): string {
  const properties = (error.parentSchema as { properties?: object } | undefined)?.properties ?? {};
  return Object.keys(properties).join(', ');
}

/** The violated expectation in words; a schema's `description` says what its pattern means. */
function expectation(error: DefinedError): string {
  const description = (error.parentSchema as { description?: string } | undefined)?.description;
  switch (error.keyword) {
    case 'required':
      return `lacks the key \`${error.params.missingProperty}\``;
    case 'enum':
      return `must be one of ${error.params.allowedValues.map(String).join(', ')}`;
    case 'type':
      return `must be ${typeWords(error.params.type)}${error.data === null ? ', but is empty' : ''}`;
    case 'pattern':
      return `must be ${description ?? `of the form ${error.params.pattern}`}`;
    default:
      return error.message ?? 'is not valid';
  }
}

function typeWords(type: string | readonly string[]): string {
  const words: Record<string, string> = {
    object: 'a mapping',
    array: 'a list',
    string: 'text',
    integer: 'a whole number',
    boolean: 'true or false',
  };
  return (typeof type === 'string' ? type.split(',') : type).map((one) => words[one] ?? one).join(' or ');
}
