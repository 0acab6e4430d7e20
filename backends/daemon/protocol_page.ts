/** Test support: the parts of the protocol's page that are made from the schemas. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { packageRoot } from '../../spec/compile/files.ts';
import { METHODS } from './messages.ts';

interface Schema {
  readonly $ref?: string;
  readonly title?: string;
  readonly description?: string;
  readonly type?: string | readonly string[];
  readonly const?: unknown;
  readonly enum?: readonly unknown[];
  readonly minimum?: number;
  readonly maximum?: number;
  readonly pattern?: string;
  readonly required?: readonly string[];
  readonly properties?: Readonly<Record<string, Schema | true>>;
  readonly patternProperties?: Readonly<Record<string, Schema>>;
  readonly items?: Schema | false;
  readonly prefixItems?: readonly Schema[];
  readonly $defs?: Readonly<Record<string, Schema>>;
}

const FOLDER = join(packageRoot(), 'spec', 'schemas', 'protocol');

function read(file: string): Schema {
  return JSON.parse(readFileSync(join(FOLDER, file), 'utf8')) as Schema;
}

const common = read('common.schema.json');

/** A heading and two tables for each method. */
export function messageTables(): string {
  const parts = METHODS.map((method) => {
    const { title = '', $defs = {} } = read(`${method}.schema.json`);
    const purpose = title.replace(`${method}: `, '');
    return [
      `### Method \`${method}\``,
      `${purpose}.`,
      table('params', $defs['params']),
      table('result', $defs['result']),
    ];
  });
  return parts.flat().join('\n\n');
}

function table(part: string, schema: Schema = {}): string {
  const { properties = {}, required = [] } = resolved(schema);
  const rows = Object.entries(properties).map(([name, member]) => {
    const { description = '', ...shape } = member === true ? {} : resolved(member);
    const either = name === 'value' || name === 'errno' ? 'either' : '';
    return `| \`${name}\` | ${shapeOf(shape)} | ${required.includes(name) ? 'yes' : either} | ${cell(description)} |`;
  });
  if (rows.length === 0) return `\`${part}\`: an empty object.`;
  return [`| \`${part}\` | shape | there | |`, '| --- | --- | --- | --- |', ...rows].join('\n');
}

/** Follows a reference into what messages share; what the place itself says of it comes first. */
function resolved(schema: Schema): Schema {
  const name = schema.$ref?.match(/#\/\$defs\/(.*)$/)?.[1];
  const target = name === undefined ? undefined : common.$defs?.[name];
  return target === undefined ? schema : { ...resolved(target), ...schema };
}

function shapeOf(schema: Schema): string {
  const { $ref = '', type, minimum, maximum, pattern, properties, items, prefixItems } = resolved(schema);
  if ('const' in schema) return `\`${JSON.stringify(schema.const)}\``;
  if (schema.enum !== undefined) return schema.enum.map((one) => `\`${JSON.stringify(one)}\``).join(', ');
  if ($ref.includes('control.schema.json')) return 'see `control.schema.json`';
  if (prefixItems !== undefined) return `list of ${String(prefixItems.length)} integers`;
  if (type === 'array') return `list: ${items === undefined || items === false ? '' : shapeOf(items)}`;
  if (type === 'object' && properties !== undefined)
    return `object: ${Object.keys(properties)
      .map((name) => `\`${name}\``)
      .join(', ')}`;
  if (type === 'integer' && minimum !== undefined && maximum !== undefined)
    return `integer, ${String(minimum)} to ${maximum === Number.MAX_SAFE_INTEGER ? '2^53-1' : String(maximum)}`;
  return pattern === undefined ? String(type) : `text \`${cell(pattern)}\``;
}

/** Text in a cell of a table. */
function cell(text: string): string {
  return text.replaceAll('|', '\\|');
}
