/** Which methods of `uapi` want their object alone: those that change it and those that end it (note 0086). */
const ALONE: ReadonlySet<string> = new Set(['modify', 'destroy']);

export function wantsAlone(_object: string, method: string): boolean {
  return ALONE.has(method);
}
