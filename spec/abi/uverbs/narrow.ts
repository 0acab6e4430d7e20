/** Reads values of unknown form, so that a wrong table is refused with its place instead of failing somewhere later. */

export class Node {
  readonly where: string;
  readonly #entries: Readonly<Record<string, unknown>>;

  /** `where`: where the value stands, as in `objects.cq.methods.create`. Throws TypeError unless it is a mapping. */
  constructor(value: unknown, where: string) {
    if (typeof value !== 'object' || value === null || Array.isArray(value))
      throw new TypeError(`uverbs table ${where}: must be a mapping`);
    this.#entries = value as Readonly<Record<string, unknown>>;
    this.where = where;
  }

  has(key: string): boolean {
    return this.#entries[key] !== undefined;
  }

  keys(): readonly string[] {
    return Object.keys(this.#entries);
  }

  child(key: string): Node {
    return new Node(this.#entries[key], `${this.where}.${key}`);
  }

  /** Every entry as a mapping, with its key. */
  children(): readonly (readonly [string, Node])[] {
    return this.keys().map((key) => [key, this.child(key)]);
  }

  number(key: string, otherwise?: number): number {
    const value = this.#entries[key] ?? otherwise;
    if (typeof value !== 'number' || !Number.isInteger(value) || value < 0)
      throw this.wrong(key, 'a whole number that is not negative');
    return value;
  }

  text(key: string): string {
    const value = this.#entries[key];
    if (typeof value !== 'string') throw this.wrong(key, 'a text');
    return value;
  }

  optionalText(key: string): string | undefined {
    return this.has(key) ? this.text(key) : undefined;
  }

  /** A kernel version such as `6.12`; undefined where there is none. */
  version(key: string): string | undefined {
    const value = this.optionalText(key);
    if (value !== undefined && !/^[1-9]\d*\.\d+$/.test(value)) throw this.wrong(key, "a kernel version such as '6.12'");
    return value;
  }

  lifespan(): { readonly since: string | undefined; readonly until: string | undefined } {
    return { since: this.version('since'), until: this.version('until') };
  }

  flag(key: string): boolean {
    const value = this.#entries[key] ?? false;
    if (typeof value !== 'boolean') throw this.wrong(key, 'true or false');
    return value;
  }

  /** Whether the entry is there; it can only say `word`. */
  says(key: string, word: string): boolean {
    if (this.has(key) && this.text(key) !== word) throw this.wrong(key, word);
    return this.has(key);
  }

  /** A text, a list of texts, or nothing. */
  texts(key: string): readonly string[] {
    const value = this.#entries[key] ?? [];
    const list: readonly unknown[] = Array.isArray(value) ? value : [value];
    if (!list.every((item) => typeof item === 'string')) throw this.wrong(key, 'a text or a list of texts');
    return list;
  }

  numbers(key: string): Readonly<Record<string, number>> | undefined {
    if (!this.has(key)) return undefined;
    const child = this.child(key);
    return Object.fromEntries(child.keys().map((name) => [name, child.number(name)]));
  }

  oneOf<T extends string>(key: string, values: readonly T[]): T {
    const value = this.text(key);
    const found = values.find((candidate) => candidate === value);
    if (found === undefined) throw this.wrong(key, `one of ${values.join(', ')}`);
    return found;
  }

  wrong(key: string, expected: string): TypeError {
    return new TypeError(`uverbs table ${this.where}.${key}: must be ${expected}`);
  }
}
