/**
 * Makes a recording small: `node build/runner/recordings/fold.js FILE` prints it with what `record.sh` recorded, but without calls
 * that say nothing new. Only what was refused is left out, since nothing that follows rests on it: of many refusals alike (the same
 * program, function, length and errno, as of a table of 1024 entries of which two are taken), the first two are kept.
 */
import { fileURLToPath } from 'node:url';
import { readRecording, type RecordedCall, type Recording } from './recorded.ts';

const KEPT = 2;

export function folded({ origin, calls }: Recording): Recording {
  const seen = new Map<string, number>();
  const kept = calls.filter(({ program, function: of, call, sent, answer }) => {
    if (!answer.startsWith('-')) return true;
    const alike = [program, of, call, sent?.map(({ length }) => length), answer].join(' ');
    seen.set(alike, (seen.get(alike) ?? 0) + 1);
    return (seen.get(alike) ?? 0) <= KEPT;
  });
  return { origin, calls: kept.map((call) => unchanged({ ...call, pid: 1 })) };
}

/** Processes are told apart by their program; what came back is left out where nothing did. */
function unchanged({ received, patches, ...call }: RecordedCall): RecordedCall {
  return {
    ...call,
    ...(JSON.stringify(received) === JSON.stringify(call.sent) ? {} : { received }),
    ...(patches === undefined || patches.length === 0 ? {} : { patches }),
  };
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const { origin, calls } = folded(readRecording(process.argv[2]));
  process.stdout.write([origin, ...calls].map((line) => `${JSON.stringify(line)}\n`).join(''));
}
