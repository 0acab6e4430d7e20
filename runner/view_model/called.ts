/** What a published result is called, and the command that makes another like it. */
import type { ResultDocument } from '../result/document.ts';

/** What was reached by an agent can be reached again only by who ran it. */
const CONNECTED = 'connect';
/** The backend whose models are asked for by kernel and driver. */
const GUESTS = 'linux-vm';
/** Names come from a document, and a reader will hand the command to a shell. */
const WORD = /^[\w.][\w.:-]*$/;

/** Readers know a driver and a kernel by their names, and everything else by how one asks for it. */
export function labelOf({ backend, model, driver, kernel }: ResultDocument['subject']): string {
  return driver === undefined || kernel === undefined ? `${backend} ${model}` : `${driver}, Linux ${seriesOf(kernel)}`;
}

/** `6.12.117+deb12-amd64` is of 6.12. */
function seriesOf(kernel: string): string {
  return /^\d+\.\d+/.exec(kernel)?.[0] ?? kernel;
}

/** Undefined where the document does not say enough, or was made of a part. */
export function commandAgain({ subject, seed, selection }: ResultDocument): string | undefined {
  const { backend, model, driver = '', kernel = '' } = subject;
  const { clauses, objects, tags, name, hazard } = selection;
  if (clauses.length + objects.length > 0 || tags !== '' || name !== '' || backend === CONNECTED) return undefined;
  const guest = backend === GUESTS;
  const series = seriesOf(kernel);
  if (!(guest ? [series, driver] : [backend, model]).every((word) => WORD.test(word))) return undefined;
  return [
    guest
      ? `npm run linux -- --kernel ${series} --driver ${driver}`
      : `npx rdma-conformance run --backend ${backend} --model ${model}`,
    ...(seed === 1 ? [] : [`--seed ${String(seed)}`]),
    ...(hazard === 'safe' ? [] : [`--hazard ${hazard}`]),
  ].join(' ');
}
