/** The rules by which an ABI grows, over what was published and what the tables say now: nobody who relies on the first may notice. */

interface Field {
  readonly name: string;
  readonly at: number;
  readonly end: number;
}

interface Struct {
  readonly size: number;
  readonly fixed: boolean;
}

/** Lines of `published.ts`, by what they are about. */
class Layouts {
  readonly structs = new Map<string, Struct>();
  readonly fields = new Map<string, Field[]>();
  /** What must stay word for word: numbers with their types. */
  readonly numbers = new Map<string, string>();
  readonly uses = new Map<string, string>();

  constructor(lines: readonly string[]) {
    for (const line of lines) {
      const [abi = '', kind = '', owner = '', name = '', ...rest] = line.split(' ');
      const key = `${abi} ${owner}`;
      if (kind === 'struct') this.structs.set(key, { size: Number(name), fixed: rest[0] === 'fixed' });
      else if (kind === 'field') this.fields.set(key, [...(this.fields.get(key) ?? []), fieldOf(name, rest)]);
      else if (kind === 'number') this.numbers.set(`${key} ${name}`, rest.join(' '));
      else if (kind === 'use') this.uses.set(`${key} ${name}`, rest.join(' '));
      else throw new RangeError(`no line of what was published: ${line}`);
    }
  }
}

function fieldOf(name: string, [at, bytes]: readonly string[]): Field {
  return { name, at: Number(at), end: Number(at) + Number(bytes) };
}

/** What breaks a caller of what was published; empty where nothing does. */
export function growthProblems(published: readonly string[], now: readonly string[]): string[] {
  const [old, today] = [new Layouts(published), new Layouts(now)];
  return [...structProblems(old, today), ...numberProblems(old, today), ...useProblems(old, today)];
}

function structProblems(old: Layouts, today: Layouts): string[] {
  return [...old.structs].flatMap(([name, { size, fixed }]) => {
    const struct = today.structs.get(name);
    if (struct === undefined) return [`${name}: the struct is gone`];
    const problems = fieldProblems(name, size, old.fields.get(name) ?? [], today.fields.get(name) ?? []);
    if (struct.size < size) problems.push(`${name}: the struct has shrunk`);
    if (struct.size > size && (fixed || struct.fixed))
      problems.push(`${name}: the struct has grown, and others lie behind it: add an attribute, or another struct`);
    return problems;
  });
}

function fieldProblems(name: string, size: number, old: readonly Field[], today: readonly Field[]): string[] {
  const problems: string[] = [];
  const spare = old.filter((field) => isSpare(field.name));
  for (const field of old) {
    const same = today.find((one) => one.name === field.name);
    if (same === undefined && !spare.includes(field)) problems.push(`${name}: the field ${field.name} is gone`);
    if (same !== undefined && (same.at !== field.at || same.end !== field.end) && !spare.includes(field))
      problems.push(`${name}: the field ${field.name} lies elsewhere`);
  }
  const added = today.filter((field) => !old.some((one) => one.name === field.name));
  for (const [index, field] of added.entries()) {
    const inSpare = spare.some(({ at, end }) => field.at >= at && field.end <= end);
    if (field.at < size && !inSpare) problems.push(`${name}: the field ${field.name} is new and not at the end`);
    if (added.slice(0, index).some(({ at, end }) => field.at < end && at < field.end))
      problems.push(`${name}: the field ${field.name} shares its bytes with another: no union holds two extensions`);
  }
  return problems;
}

/** Bytes that were refused unless zero: they can be given a meaning, in which zero is what it was. */
function isSpare(name: string): boolean {
  return /^(reserved|pad)/.test(name.split('.').at(-1) ?? '');
}

function numberProblems(old: Layouts, today: Layouts): string[] {
  return [...old.numbers].flatMap(([name, value]) => {
    const other = today.numbers.get(name);
    if (other === undefined) return [`${name}: the number ${value} is gone, and callers still send it`];
    return other === value ? [] : [`${name}: was ${value} and is ${other}`];
  });
}

function useProblems(old: Layouts, today: Layouts): string[] {
  const methods = new Set([...old.uses.keys()].map(methodOf));
  return [...today.uses].flatMap(([name, need]) => {
    const before = old.uses.get(name);
    if (need !== 'required' || before === 'required' || !methods.has(methodOf(name))) return [];
    return [`${name}: is required now, and callers of what was published do not send it`];
  });
}

function methodOf(use: string): string {
  return use.split(' ').slice(0, 2).join(' ');
}
