/** `site`: the reference and the record as a folder of static pages. */
import { readdirSync, statSync } from 'node:fs';
import { join, relative } from 'node:path';
import { ROOT } from '../project.ts';
import { EXIT } from '../result/exit_code.ts';
import { buildSite } from '../site/build.ts';
import { Interrupted, runJob, StepFailed } from '../site/job.ts';
import { plain } from '../views/plain.ts';
import type { Invocation } from './table.ts';

interface SiteCommandOptions {
  readonly out?: string;
  readonly results?: string;
}

/** The most lines of a log worth reading when a step has failed. */
const LINES = 40;

export async function execute({ options: given }: Invocation): Promise<number> {
  const { out = join(ROOT, 'build', 'site'), results } = given as SiteCommandOptions;
  const stop = new AbortController();
  const interrupt = (): void => {
    stop.abort();
  };
  process.once('SIGINT', interrupt).once('SIGTERM', interrupt).once('SIGHUP', interrupt);
  const say = (line: string): void => {
    process.stderr.write(`site: ${line}\n`);
  };
  try {
    const more = results === undefined ? {} : { results };
    const folder = await buildSite({ root: ROOT, out, run: runJob, signal: stop.signal, say, ...more });
    process.stdout.write(`${whereItIs(folder)}\n`);
    return EXIT.conformant;
  } catch (thrown) {
    if (thrown instanceof Interrupted) {
      say('stopped; what was published before is still there');
      return EXIT.undecided;
    }
    if (!(thrown instanceof StepFailed)) throw thrown;
    process.stderr.write(`${lastWords(thrown.tail)}\n`);
    say(`${thrown.message}; what was published before is still there`);
    return thrown.code === EXIT.usage ? EXIT.usage : EXIT.undecided;
  }
}

/** The end of a log, without the places in other people's code. */
function lastWords(log: string): string {
  const lines = log.split('\n').filter((line) => line.trim() !== '' && !/^\s+at /.test(line));
  return lines.slice(-LINES).map(plain).join('\n');
}

function whereItIs(folder: string): string {
  const files = readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
  const bytes = files.reduce((sum, { parentPath, name }) => sum + statSync(join(parentPath, name)).size, 0);
  const here = relative(process.cwd(), folder);
  const shown = here === '' || here.startsWith('..') ? folder : here;
  return [
    `site  ${shown}: ${String(files.length)} files, ${(bytes / 1e6).toFixed(1)} MB; any web server can serve it below any path`,
    `look  python3 -m http.server --bind 127.0.0.1 --directory ${shown} 8000, then http://127.0.0.1:8000/`,
  ].join('\n');
}
