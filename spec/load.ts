/** Reads the compiled specification. No YAML, Markdown or schema here: this runs at every start. */
import { readFileSync } from 'node:fs';
import type { Spec } from './model.ts';

/** `file`: path of build/spec.json. Throws an Error with a message for the user where it cannot be read. */
export function loadSpec(file: string): Spec {
  let text: string;
  try {
    text = readFileSync(file, 'utf8');
  } catch (error) {
    throw new Error(`${file}: cannot read the compiled specification; run npm run build`, { cause: error });
  }
  try {
    // Written by our own compiler, which checked it; checking again would cost every start.
    return JSON.parse(text) as Spec;
  } catch (error) {
    throw new Error(`${file}: is not a compiled specification; run npm run build`, { cause: error });
  }
}
