/** The messages that a chapter shows: real calls of a scenario, whose bytes `npm run golden` writes into the page. */
import type { AbiId } from '../../spec/model.ts';

/** One call of a scenario, and the place in the chapter that it is shown at. */
export interface Wanted {
  /** All that names the example, as the page has it. */
  readonly name: string;
  readonly scenario: string;
  readonly abi: AbiId;
  /** As it is decoded (`qp.modify`, `QP.CREATE`), or the name of a call that carries no message (`read`). */
  readonly call: string;
  /** Which of the scenario's calls of that name, from 1. */
  readonly nth: number;
}

const BEGIN = /^<!-- (example (\S+) (uapi|uverbs) (.+) (\d+)): written by `npm run golden` -->$/gm;

/** In the order of the page. Throws where a line begins like an example and is none. */
export function wantedIn(file: string, page: string): Wanted[] {
  const found = [...page.matchAll(BEGIN)].map(([, name = '', scenario = '', abi, call = '', nth]): Wanted => {
    return { name, scenario, abi: abi as AbiId, call, nth: Number(nth) };
  });
  const begun = page.split('\n').flatMap((line, index) => (line.startsWith('<!-- example') ? [index + 1] : []));
  if (begun.length === found.length) return found;
  const known = new Set(found.map(({ name }) => name));
  const wrong = begun.find(
    (line) => !known.has(/<!-- (.*): written/.exec(page.split('\n')[line - 1] ?? '')?.[1] ?? ''),
  );
  throw new Error(`${file}:${String(wrong)}: an example is \`example SCENARIO ABI CALL NTH\``);
}
